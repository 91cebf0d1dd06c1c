import { fromAppleCategory } from './podcast-genres.ts'
import { readTrees } from './shipped-trees.ts'

/**
 * The nodes of IAB Content 3.1 that a publisher's categories name, each id once, in the order of the categories. A podcast genre means
 * the node that it is mapped to; any other category means the node with exactly that name. Categories that match neither are ignored,
 * and none of their words is used.
 */
export function declaredTopics(categories: readonly string[] = []): string[] {
  const iab = readTrees()['iab-content-3.1']
  const named = categories.flatMap((category) => {
    const genre = fromAppleCategory(category)
    return (genre === undefined ? iab.byName(category)?.id : (genre.iab ?? genre.closest)) ?? []
  })
  return [...new Set(named)]
}
