import type { Service } from '../compose.ts'
import type { Sha256 } from '../content/hash.ts'
import type { Item } from '../content/item.ts'
import type { RunRecord } from '../database/records.ts'
import { canonical } from '../ledger/canonical.ts'
import type { SubmitOptions } from '../runs/runs.ts'
import { Problem } from './problem.ts'

/** What an `Idempotency-Key` was first used for. */
export interface KeyUse {
  bodyHash: Sha256
  runId: string
}

/** Remembers keys of one tenant. */
export interface IdempotencyKeys {
  find(key: string): Promise<KeyUse | null>
  /** Stores the first use of a key and returns the use that stands: a later one changes nothing. */
  put(key: string, use: KeyUse & { at: number }): Promise<KeyUse>
}

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
export function createSubmitOnce(
  { runs, repositories }: Pick<Service, 'runs' | 'repositories'>,
  keys: IdempotencyKeys,
): (submission: Submission) => Promise<RunRecord> {
  const tails = new Map<string, Promise<unknown>>()

  async function once({ item, options }: Submission, key: string): Promise<RunRecord> {
    const bodyHash = canonical({ item, options }).hash
    const used = await keys.find(key)
    if (used !== null && used.bodyHash !== bodyHash)
      throw new Problem(
        'key-in-use',
        'this idempotency key came with another body or other options; use a new key for a new request',
      )
    const earlier = used === null ? null : await repositories.runs.get(used.runId)
    if (earlier !== null) return earlier
    const run = await runs.submit(item, options)
    await keys.put(key, { bodyHash, runId: run.id, at: run.createdAt })
    return run
  }

  return (submission) => {
    const { key, item, options } = submission
    if (key === undefined) return runs.submit(item, options)
    const before = tails.get(key) ?? Promise.resolve()
    const run = before.catch(() => undefined).then(() => once(submission, key))
    tails.set(key, run)
    const forget = () => {
      if (tails.get(key) === run) tails.delete(key)
    }
    run.then(forget, forget)
    return run
  }
}

/** Keys as long as this process lives. */
export function createMemoryKeys(): IdempotencyKeys {
  const uses = new Map<string, KeyUse>()
  return {
    find: async (key) => uses.get(key) ?? null,
    async put(key, { bodyHash, runId }) {
      const standing = uses.get(key) ?? { bodyHash, runId }
      uses.set(key, standing)
      return standing
    },
  }
}
