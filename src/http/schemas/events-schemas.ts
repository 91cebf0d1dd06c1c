import type { z } from 'zod'
import { type RunEvent, RunEvents } from '../../trace/events/run-event.ts'
import { Instant, instant, instantOrNull } from './common-schemas.ts'

/** While nothing happens, a comment is sent this often. Proxies and browsers give up a connection that is silent for longer. */
export const HEARTBEAT_MS = 15_000

/** The `data` of an event, by the event's name: what the event says, with its times as text. */
export const RunEventData = {
  run: RunEvents.run
    .extend({ startedAt: Instant.nullable() })
    .meta({ id: 'RunStatusEvent', description: '`run`: the status of the run. Sent first, and whenever it changes.' }),
  step: RunEvents.step
    .extend({ startedAt: Instant })
    .meta({ id: 'StepEvent', description: '`step`: a step has started or ended.' }),
  exchange: RunEvents.exchange
    .extend({ startedAt: Instant })
    .meta({ id: 'ExchangeEvent', description: '`exchange`: a call was made and recorded.' }),
  rejected: RunEvents.rejected.meta({
    id: 'RejectedEvent',
    description: "`rejected`: the model's answer was sent back to it.",
  }),
  end: RunEvents.end.meta({ id: 'EndEvent', description: '`end`: the run is over, and nothing follows.' }),
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
