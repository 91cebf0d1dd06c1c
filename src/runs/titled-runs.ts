import type { RunRecord } from '../database/records.ts'
import type { ItemRepository } from '../database/repositories.ts'

/** Runs with the titles of their items. Each item is read once. The title is empty if the item has none. */
export async function titledRuns(
  runs: readonly RunRecord[],
  items: Pick<ItemRepository, 'get'>,
): Promise<{ run: RunRecord; title: string }[]> {
  const ids = [...new Set(runs.map(({ itemId }) => itemId))]
  const titles = new Map(
    await Promise.all(ids.map(async (id): Promise<[string, string]> => [id, (await items.get(id))?.title ?? ''])),
  )
  return runs.map((run) => ({ run, title: titles.get(run.itemId) ?? '' }))
}
