import type { Review } from '../../database/records.ts'
import type { Repositories } from '../../database/repositories.ts'
import { RecordingError } from '../../recordings/recording-errors.ts'
import { ForkRefused } from '../../replay/fork/fork-request.ts'
import { ReplayProcessEnded } from '../../replay/process/replay-process.ts'
import { isCallersFault, ReplayFailed } from '../../replay/process/replayers.ts'
import type { Explanation } from '../../trace/why/explain-published.ts'
import { Problem } from './problem.ts'

// The answers of the JSON interface and of the pages when there is nothing to show. Both use the same words.

export function unknownItem(id: string): Problem {
  return new Problem('not-found', `there is no item "${id}"`, {
    next: 'GET /v1/items lists them, POST /v1/items adds one',
  })
}

export function unknownRun(id: string): Problem {
  return new Problem('not-found', `there is no run "${id}"`, { next: 'GET /v1/runs lists them' })
}

export function unknownReview(id: string): Problem {
  return new Problem('not-found', `there is no review "${id}"`, { next: 'GET /v1/reviews lists them' })
}

export function unknownExchange(runId: string, name: string): Problem {
  return new Problem('not-found', `run ${runId} made no call "${name}"`, {
    next: `GET /v1/runs/${encodeURIComponent(runId)}/steps names them`,
  })
}

export function unknownStep(runId: string, name: string, known: readonly string[]): Problem {
  const next = known.length === 0 ? 'it has recorded none yet' : `there are ${known.join(', ')}`
  return new Problem('not-found', `run ${runId} has no step "${name}"; ${next}`)
}

/** Why there is no document of an item, or no such version of it. */
export async function noDocument(
  { items }: Pick<Repositories, 'items'>,
  id: string,
  version: number | undefined,
): Promise<Problem> {
  if ((await items.get(id)) === null) return unknownItem(id)
  if (version !== undefined) return new Problem('not-found', `item "${id}" has no version ${version}`)
  return new Problem('not-published', `nothing is published of item "${id}" yet`, {
    next: 'GET /v1/runs lists its runs',
  })
}

/** Why a document cannot say why a label is there. */
export function noReason({ kind, message }: Extract<Explanation, { message: string }>): Problem {
  if (kind === 'unknown') return new Problem('not-found', message)
  return new Problem('bad-request', message, { errors: [{ parameter: 'pointer', message }] })
}

export function alreadyDecided({ decision }: Review): Problem {
  const how =
    decision === null ? '' : ` ("${decision.action}" by ${decision.by} at ${new Date(decision.at).toISOString()})`
  return new Problem('already-decided', `this review was decided before${how}; that decision stands`)
}

/** Why a run cannot be recorded. */
export function recordingRefusal({ kind, message }: RecordingError): Problem {
  switch (kind) {
    case 'no-such-run':
      return new Problem('not-found', message)
    case 'unfinished':
      return new Problem('run-unfinished', message)
    default:
      return new Problem('not-recordable', message)
  }
}

/** Why a run cannot be recorded, replayed or forked, as a problem. Any other error is returned as it is. */
export function runRefusal(error: unknown): unknown {
  if (error instanceof RecordingError) return recordingRefusal(error)
  if (error instanceof ForkRefused) return new Problem('schema', error.message)
  if (error instanceof ReplayFailed)
    return new Problem(isCallersFault(error) ? 'schema' : 'replay-failed', error.message)
  if (error instanceof ReplayProcessEnded) return new Problem('replay-failed', error.message)
  return error
}
