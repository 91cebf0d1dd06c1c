import { createUseLiteEmbedder } from '../../models/use-lite/use-lite-embedder.ts'
import { loadTaxonomies, type Taxonomy } from '../../taxonomy/taxonomy.ts'
import type { TaxonomyNode } from '../../taxonomy/taxonomy-tree.ts'
import { badUse } from '../terminal/exit-code.ts'

const SCORED_TIERS = [1, 2, 3, 4]

/** A node of a taxonomy that fits what was typed. */
export interface TaxonomyHit {
  taxonomy: string
  id: string
  name: string
  path: readonly string[]
  /** Why it is here; a score where it was found by meaning. */
  by: 'id' | 'name' | 'meaning'
  score: number | null
}

type Found = Pick<TaxonomyHit, 'by' | 'score'> & { node: TaxonomyNode }

/** @throws {CliError} where there is no such taxonomy. */
export async function taxonomyHits(
  text: string,
  { taxonomy, limit }: { taxonomy: string; limit: number },
): Promise<TaxonomyHit[]> {
  const taxonomies = loadTaxonomies()
  if (!taxonomies.ids.some((id) => id === taxonomy))
    throw badUse(`there is no taxonomy "${taxonomy}"; there are ${taxonomies.ids.join(', ')}`)
  const tree = taxonomies.get(taxonomy)
  // An id means nothing.
  const near = /\p{L}/u.test(text) ? await byMeaning(tree, text, limit) : []
  const seen = new Set<string>()
  return [...exact(tree, text), ...near]
    .filter(({ node }) => !seen.has(node.id) && seen.add(node.id))
    .slice(0, limit)
    .map(({ node: { id, name, path }, by, score }) => ({ taxonomy, id, name, path, by, score }))
}

function exact(tree: Taxonomy, text: string): Found[] {
  const byId = tree.get(text.trim())
  const byName = tree.byName(text)
  const wanted = text.trim().toLowerCase()
  const partly = tree.nodes.filter(({ name }) => name.toLowerCase().includes(wanted))
  return [
    ...(byId === undefined ? [] : [{ node: byId, by: 'id' as const, score: null }]),
    ...[...(byName === undefined ? [] : [byName]), ...partly].map((node) => ({
      node,
      by: 'name' as const,
      score: null,
    })),
  ]
}

async function byMeaning(tree: Taxonomy, text: string, limit: number): Promise<Found[]> {
  const embedder = createUseLiteEmbedder()
  try {
    const [vector] = await embedder.embed([text])
    if (vector === undefined) return []
    const nearest = tree.nearest(vector, { space: embedder.space, limit, tiers: SCORED_TIERS })
    return nearest.map(({ node, score }) => ({ node, by: 'meaning', score: Math.round(score * 1000) / 1000 }))
  } finally {
    await embedder.close()
  }
}
