import type { Item } from '../content/item.ts'
import type { RunRecord } from '../database/records.ts'
import type { Repositories } from '../database/repositories.ts'
import type { RunRepository } from '../database/run-repository.ts'
import { canonical } from '../ledger/canonical.ts'
import { createKeyedQueue } from '../waiting/keyed-queue.ts'
import type { Runs, SubmitOptions } from './runs.ts'

export interface Submission {
  item: Item
  options: SubmitOptions
  /** The same for requests that are one request, sent again. Undefined: each request is its own. */
  key: string | undefined
}

/** The run. Null if the key was used with another item or other options. */
export type SubmitOnce = (submission: Submission) => Promise<RunRecord | null>

/**
 * Submits an item once for each idempotency key. Submissions with one key go one after another, so that the second finds the run of the
 * first. If a process dies between the two writes, the next submission starts a second run, which finds the item unchanged.
 */
export function createSubmitOnce({
  runs,
  repositories,
}: {
  runs: Pick<Runs, 'submit'>
  repositories: Pick<Repositories, 'idempotencyKeys'> & { runs: Pick<RunRepository, 'get'> }
}): SubmitOnce {
  const inTurn = createKeyedQueue()

  async function once({ item, options }: Submission, key: string): Promise<RunRecord | null> {
    const bodyHash = canonical({ item, options }).hash
    const used = await repositories.idempotencyKeys.find(key)
    if (used !== null && used.bodyHash !== bodyHash) return null
    const earlier = used === null ? null : await repositories.runs.get(used.runId)
    if (earlier !== null) return earlier
    const run = await runs.submit(item, options)
    await repositories.idempotencyKeys.put(key, { bodyHash, runId: run.id, at: run.createdAt })
    return run
  }

  return (submission) => {
    const { key, item, options } = submission
    return key === undefined ? runs.submit(item, options) : inTurn(key, () => once(submission, key))
  }
}
