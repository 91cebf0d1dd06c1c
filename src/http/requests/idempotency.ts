import type { Service } from '../../compose.ts'
import type { Item } from '../../content/item.ts'
import type { RunRecord } from '../../database/records.ts'
import { canonical } from '../../ledger/canonical.ts'
import type { SubmitOptions } from '../../runs/runs.ts'
import { createKeyedQueue } from '../../waiting/keyed-queue.ts'
import { Problem } from '../answers/problem.ts'

export interface Submission {
  item: Item
  options: SubmitOptions
  key: string | undefined
}

/**
 * Submits an item, once for each idempotency key. Requests with one key go one after another, so that the second finds the run of
 * the first; a process that dies between the two writes leaves a run that its successor's finds unchanged.
 * @throws {Problem} `key-in-use` where the key came with another body or other options.
 */
export function createSubmitOnce({
  runs,
  repositories,
}: Pick<Service, 'runs' | 'repositories'>): (submission: Submission) => Promise<RunRecord> {
  const queue = createKeyedQueue()

  async function once({ item, options }: Submission, key: string): Promise<RunRecord> {
    const bodyHash = canonical({ item, options }).hash
    const used = await repositories.idempotencyKeys.find(key)
    if (used !== null && used.bodyHash !== bodyHash)
      throw new Problem(
        'key-in-use',
        'this idempotency key came with another body or other options; use a new key for a new request',
      )
    const earlier = used === null ? null : await repositories.runs.get(used.runId)
    if (earlier !== null) return earlier
    const run = await runs.submit(item, options)
    await repositories.idempotencyKeys.put(key, { bodyHash, runId: run.id, at: run.createdAt })
    return run
  }

  return (submission) => {
    const { key, item, options } = submission
    if (key === undefined) return runs.submit(item, options)
    return queue(key, () => once(submission, key))
  }
}
