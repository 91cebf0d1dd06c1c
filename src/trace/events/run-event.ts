import { z } from 'zod'
import type { RunRecord } from '../../database/records.ts'
import { Cost, EXCHANGE_KINDS, type Exchange, exchangeName, OUTCOMES } from '../../ledger/exchange.ts'
import { RUN_STATUSES } from '../../ledger/run-end.ts'

/** Milliseconds since the epoch. The interface writes them as text. */
const Time = z.int()

/** What happens in a run, as its followers are told, by the name of the event. */
export const RunEvents = {
  run: z.object({ status: z.enum(RUN_STATUSES), attempt: z.int(), startedAt: Time.nullable() }),
  step: z.object({
    name: z.string(),
    node: z.string(),
    superstep: z.int(),
    state: z.enum(['started', 'ended']),
    startedAt: Time,
    ms: z.number().nullable().describe('Null until it ends.'),
    error: z.string().nullable(),
    abstained: z.string().nullable().describe('Why its agent gave no answer.'),
  }),
  exchange: z.object({
    name: z.string(),
    kind: z.enum(EXCHANGE_KINDS),
    outcome: z.enum(OUTCOMES),
    how: z.enum(['performed', 'served']).describe('`served`: copied from the run that this one is a fork of.'),
    startedAt: Time,
    ms: z.number(),
    retries: z.int(),
    cost: Cost.nullable(),
  }),
  rejected: z.object({
    step: z.string(),
    exchange: z.string().describe('The call that gave the answer.'),
    reason: z.string(),
  }),
  end: z.object({
    status: z.enum([...RUN_STATUSES, 'deleted']),
    version: z.int().nullable(),
    error: z.string().nullable(),
  }),
} as const

type EventName = keyof typeof RunEvents
export type RunEvent = { [Name in EventName]: { type: Name } & z.output<(typeof RunEvents)[Name]> }[EventName]

/** The place of an event in the run: superstep, step, and place among the events of its step. */
export interface Position {
  superstep: number
  step: string
  /** 0 is the start. The calls follow in the order in which they were written. `*` is the end. */
  n: number | '*'
}

/** What happened at one position: a call comes after the rejections that its request reports. It is sent, and sent again, as a whole. */
export interface PlacedEvents {
  position: Position
  events: readonly RunEvent[]
}

export function runEvent({ status, attempt, startedAt }: RunRecord): RunEvent {
  return { type: 'run', status, attempt, startedAt }
}

export function endEvent(run: RunRecord | null): RunEvent {
  if (run === null) return { type: 'end', status: 'deleted', version: null, error: 'the run has been deleted' }
  const { status, version, error } = run
  return { type: 'end', status, version, error }
}

export function isOver({ status }: Pick<RunRecord, 'status'>): boolean {
  return status !== 'queued' && status !== 'running'
}

/** A row that is older than its run was copied into it. */
export function exchangeEvent(exchange: Exchange, { createdAt }: Pick<RunRecord, 'createdAt'>): RunEvent {
  const { kind, outcome, startedAt, ms, retries, cost } = exchange
  const how = startedAt < createdAt ? 'served' : 'performed'
  return { type: 'exchange', name: exchangeName(exchange), kind, outcome, how, startedAt, ms, retries, cost }
}
