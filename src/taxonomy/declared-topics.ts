import { fromAppleCategory } from './podcast-genres.ts'
import { readTrees } from './shipped-trees.ts'

/**
 * The nodes of IAB Content 3.1 that a publisher's categories name, each id once, in their order: a podcast genre stands for the node that
 * it is mapped to, and any other category for the node of exactly that name. What names neither is passed over: no word of it goes on.
 */
export function declaredTopics(categories: readonly string[] = []): string[] {
  const iab = readTrees()['iab-content-3.1']
  const named = categories.flatMap((category) => {
    const genre = fromAppleCategory(category)
    return (genre === undefined ? iab.byName(category)?.id : (genre.iab ?? genre.closest)) ?? []
  })
  return [...new Set(named)]
}
