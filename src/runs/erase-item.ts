import type { Repositories } from '../database/repositories.ts'
import type { SimilarityIndex } from '../similarity/similarity-index.ts'
import type { Runs } from './runs.ts'

export interface EraseDeps {
  repositories: Pick<Repositories, 'erase' | 'runs'>
  runs: Pick<Runs, 'cancel' | 'wait'>
  index: Pick<SimilarityIndex, 'remove'>
  /** Brings the similarity index up to the outbox. */
  catchUp(): Promise<void>
  clock(): number
}

/**
 * Erases an item: its runs are cancelled and waited for, then its vectors go, then its rows. In this order, an index that does not
 * answer leaves everything as it was, to be tried again; what an indexing under way put back goes with the outbox's line.
 * @returns false where nothing is known of the item. @throws {SimilarityError} if the index does not answer.
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

/** Runs of an item that wait or work, those that wait first: none begins because another ends. */
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
