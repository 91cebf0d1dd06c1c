import type { Understanding } from '../content/understanding-schema.ts'
import type { ItemRecord } from '../database/records.ts'
import type { ItemRepository } from '../database/repositories.ts'

/** The items that a document names as similar, nearest first, as they are now. Items that were erased since are left out. */
export async function similarItems(
  { similar }: Pick<Understanding, 'similar'>,
  items: Pick<ItemRepository, 'get'>,
): Promise<{ item: ItemRecord; score: number }[]> {
  const found = await Promise.all(similar.map(async ({ itemId, score }) => ({ item: await items.get(itemId), score })))
  return found.flatMap(({ item, score }) => (item === null ? [] : [{ item, score }]))
}
