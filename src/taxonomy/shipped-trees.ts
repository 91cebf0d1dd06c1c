import { readTable, type TaxonomyId } from './taxonomy-tables.ts'
import { buildTree, type TaxonomyTree } from './taxonomy-tree.ts'

/** OpenRTB's number for IAB Content Taxonomy 3.1 (AdCOM 1.0, List: Category Taxonomies). */
const IAB_CONTENT_CATTAX = 9

let cached: Readonly<Record<TaxonomyId, TaxonomyTree>> | undefined

/** The trees of all taxonomies. Each process reads them once. */
export function readTrees(): Readonly<Record<TaxonomyId, TaxonomyTree>> {
  cached ??= {
    'iab-content-3.1': buildTree('iab-content-3.1', readTable('iab-content-3.1'), IAB_CONTENT_CATTAX),
    'apple-podcasts': buildTree('apple-podcasts', readTable('apple-podcasts')),
    garm: buildTree('garm', readTable('garm')),
  }
  return cached
}
