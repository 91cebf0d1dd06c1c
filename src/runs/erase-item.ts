import type { Repositories } from '../database/repositories.ts'
import type { SimilarityIndex } from '../similarity/similarity-index.ts'
import type { Runs } from './runs.ts'

export interface EraseDeps {
  repositories: Pick<Repositories, 'erase' | 'runs'>
  runs: Pick<Runs, 'cancel' | 'wait'>
  index: Pick<SimilarityIndex, 'remove'>
  /** Brings the similarity index up to date with the outbox. */
  catchUp(): Promise<void>
  clock(): number
}

/**
 * Erases an item. First its runs are cancelled and awaited, then its vectors are deleted, then its rows. With this order, an index that
 * does not answer leaves everything as it was, and the caller can try again. If indexing that is under way puts vectors back, the outbox's
 * entry for the erasure removes them.
 * @returns false if nothing is known of the item. @throws {SimilarityError} if the index does not answer.
 */
export async function eraseItem(itemId: string, deps: EraseDeps): Promise<boolean> {
  const { repositories, runs, index } = deps
  const open = await unfinished(itemId, repositories)
  for (const id of open) await runs.cancel(id)
  await Promise.all(open.map((id) => runs.wait(id)))
  await index.remove(itemId)
  const erasure = await repositories.erase(itemId, deps.clock())
  if (erasure === null) return false
  await deps.catchUp()
  return true
}

/** The runs of an item that wait or work. Those that wait come first, so that none begins because another ends. */
async function unfinished(itemId: string, { runs }: EraseDeps['repositories']): Promise<string[]> {
  const found: string[] = []
  for (const status of ['queued', 'running'] as const) {
    let cursor: string | undefined
    do {
      const page = await runs.list({ itemId, status }, { limit: 200, ...(cursor === undefined ? {} : { cursor }) })
      found.push(...page.entries.map(({ id }) => id))
      cursor = page.next ?? undefined
    } while (cursor !== undefined)
  }
  return found
}
