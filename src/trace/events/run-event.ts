import type { RunRecord, RunStatus } from '../../database/records.ts'
import { type Cost, type Exchange, type ExchangeKind, exchangeName, type Outcome } from '../../ledger/exchange.ts'

/** What happens in a run, as its followers are told. Times are milliseconds since the epoch. */
export type RunEvent =
  | { type: 'run'; status: RunStatus; attempt: number; startedAt: number | null }
  | {
      type: 'step'
      name: string
      node: string
      superstep: number
      state: 'started' | 'ended'
      startedAt: number
      /** Null until it ends. */
      ms: number | null
      error: string | null
      /** Why its agent gave no answer. */
      abstained: string | null
    }
  | {
      type: 'exchange'
      name: string
      kind: ExchangeKind
      outcome: Outcome
      /** `served`: copied from the run that this one is a fork of. */
      how: 'performed' | 'served'
      startedAt: number
      ms: number
      retries: number
      cost: Cost | null
    }
  /** A model's answer was sent back to it. `exchange` is the call that gave the answer. */
  | { type: 'rejected'; step: string; exchange: string; reason: string }
  | { type: 'end'; status: RunStatus | 'deleted'; version: number | null; error: string | null }

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
