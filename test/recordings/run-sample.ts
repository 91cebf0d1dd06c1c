import type { Exchange, Step } from '../../src/ledger/exchange.ts'
import type { Recording } from '../../src/recordings/recording.ts'
import { recordingOfParts } from './recording-samples.ts'

/** A step, with its update as a value. The update of a step that failed is null. */
export type StepSample = Pick<Step, 'node'> & Partial<Omit<Step, 'update'>> & { update?: unknown }
/** A call, with its request and its answer as values. */
export type CallSample = Partial<Omit<Exchange, 'request' | 'requestHash' | 'response' | 'nth'>> &
  Pick<Exchange, 'node'> & { request?: unknown; response?: unknown }

/** A recorded run of plain values. A step is in the superstep of its place, and a call is the first of its step, unless they say otherwise. */
export function runSample(
  steps: readonly StepSample[],
  calls: readonly CallSample[] = [],
  change: Partial<Recording> = {},
): Recording {
  const parts = {
    steps: steps.map((step, place) => ({
      ...{ visit: 0, superstep: place + 1, startedAt: 0, ms: 1, update: null, error: null },
      ...step,
    })),
    exchanges: calls.map((call) => ({
      ...{ visit: 0, kind: 'chat' as const, n: 0, request: null, response: null, outcome: 'ok' as const },
      ...{ startedAt: 0, ms: 1, cost: null, retries: 0 },
      ...call,
    })),
  }
  return recordingOfParts(parts, change)
}
