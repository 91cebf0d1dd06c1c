import type { UnderstandingRepository } from '../../database/repositories.ts'
import type { EndedRun } from '../../runs/runs.ts'
import { RunAnswer, runPath, toRun } from '../schemas/run-schemas.ts'
import type { Format } from './answer-formats.ts'
import { answer } from './json-answer.ts'
import { Problem } from './problem.ts'
import { answerUnderstanding } from './understanding-answer.ts'

/**
 * The answer to a request that started a run: the understanding if the run is over, otherwise the run with its address.
 * @throws {Problem} `run-failed`, `run-cancelled`, with the run's address.
 */
export async function answerRun(
  run: EndedRun,
  { understandings, format }: { understandings: UnderstandingRepository; format: Format },
): Promise<Response> {
  const self = runPath(run.id)
  switch (run.status) {
    case 'queued':
    case 'running':
      return answer(RunAnswer, toRun(run), {
        status: 202,
        headers: { location: self, 'retry-after': '2', 'linernotes-run': run.id },
      })
    case 'failed':
      throw new Problem('run-failed', `${run.error ?? 'the run failed'}; GET ${self}/steps shows how far it came`, {
        members: { run: self },
        headers: { 'linernotes-run': run.id },
      })
    case 'cancelled':
      throw new Problem('run-cancelled', 'nothing was published; send the item again to start over', {
        members: { run: self },
      })
    case 'complete':
    case 'partial':
    case 'unchanged': {
      const published = run.document ?? (await publishedBy(run, understandings))
      if (published === null) throw new Error(`run ${run.id} is ${run.status}, but what it published is not there`)
      const headers = { 'linernotes-outcome': run.status, 'linernotes-run': run.id }
      return answerUnderstanding(published, { format, headers: { ...headers, 'cache-control': 'no-store' } })
    }
  }
}

function publishedBy({ itemId, version }: EndedRun, understandings: UnderstandingRepository) {
  return version === null ? understandings.current(itemId) : understandings.version(itemId, version)
}
