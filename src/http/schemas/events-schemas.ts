import { z } from 'zod'
import { RUN_STATUSES } from '../../database/records.ts'
import { EXCHANGE_KINDS } from '../../ledger/exchange.ts'
import type { RunEvent } from '../../trace/events/run-event.ts'
import { Instant, instant, instantOrNull } from './common-schemas.ts'
import { Cost } from './trace-schemas.ts'

/** While nothing happens, a comment is sent this often. Proxies and browsers give up a connection that is silent for longer. */
export const HEARTBEAT_MS = 15_000

const Status = z.enum(RUN_STATUSES)

/** The `data` of an event, by the event's name. */
export const RunEventData = {
  run: z
    .object({ status: Status, attempt: z.int(), startedAt: Instant.nullable() })
    .meta({ id: 'RunStatusEvent', description: '`run`: the status of the run. Sent first, and whenever it changes.' }),
  step: z
    .object({
      name: z.string(),
      node: z.string(),
      superstep: z.int(),
      state: z.enum(['started', 'ended']),
      startedAt: Instant,
      ms: z.number().nullable(),
      error: z.string().nullable(),
      abstained: z.string().nullable().describe('Why its agent gave no answer.'),
    })
    .meta({ id: 'StepEvent', description: '`step`: a step has started or ended.' }),
  exchange: z
    .object({
      name: z.string(),
      kind: z.enum(EXCHANGE_KINDS),
      outcome: z.enum(['ok', 'error', 'refused']),
      how: z.enum(['performed', 'served']).describe('`served`: copied from the run that this one is a fork of.'),
      startedAt: Instant,
      ms: z.number(),
      retries: z.int(),
      cost: Cost.nullable(),
    })
    .meta({ id: 'ExchangeEvent', description: '`exchange`: a call was made and recorded.' }),
  rejected: z
    .object({ step: z.string(), exchange: z.string(), reason: z.string() })
    .meta({ id: 'RejectedEvent', description: "`rejected`: the model's answer was sent back to it." }),
  end: z
    .object({
      status: z.enum([...RUN_STATUSES, 'deleted']),
      version: z.int().nullable(),
      error: z.string().nullable(),
    })
    .meta({ id: 'EndEvent', description: '`end`: the run is over, and nothing follows.' }),
} as const

/** An event's data as it is sent. */
export function toEventData(event: RunEvent): z.output<(typeof RunEventData)[RunEvent['type']]> {
  switch (event.type) {
    case 'run': {
      const { type: _, startedAt, ...rest } = event
      return { ...rest, startedAt: instantOrNull(startedAt) }
    }
    case 'step':
    case 'exchange': {
      const { type: _, startedAt, ...rest } = event
      return { ...rest, startedAt: instant(startedAt) }
    }
    case 'rejected':
    case 'end': {
      const { type: _, ...rest } = event
      return rest
    }
  }
}
