import { readConfig } from '../../config.ts'
import { createUseLiteEmbedder } from '../../models/use-lite/use-lite-embedder.ts'
import type { NearestNode } from '../../taxonomy/nearest-nodes.ts'
import { IAB_CONTENT, loadTaxonomies, type Taxonomy } from '../../taxonomy/taxonomy.ts'
import type { TaxonomyNode } from '../../taxonomy/taxonomy-tree.ts'
import { padEnd, table } from '../render/terminal-layout.ts'
import { badUse, EXIT } from '../terminal/exit-code.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { print } from '../terminal/write-output.ts'

const SCORED_TIERS = [1, 2, 3, 4]

interface Hit {
  node: TaxonomyNode
  /** Why it is here; a score where it was found by meaning. */
  by: 'id' | 'name' | 'meaning'
  score: number | null
}

/** `taxonomy search <text>`: nodes by id, by name, then by meaning. Needs no data folder. */
export async function taxonomySearch(
  text: string,
  { taxonomy = IAB_CONTENT, limit, json }: { taxonomy?: string; limit: number; json?: boolean },
  terminal: Terminal,
): Promise<number> {
  readConfig()
  const taxonomies = loadTaxonomies()
  if (!taxonomies.ids.some((id) => id === taxonomy))
    throw badUse(`there is no taxonomy "${taxonomy}"; there are ${taxonomies.ids.join(', ')}`)
  if (text.trim() === '') throw badUse('say what to look for: a name, an id, or what it is about')
  const tree = taxonomies.get(taxonomy)
  // An id means nothing.
  const near = /\p{L}/u.test(text) ? await byMeaning(tree, text, limit) : []
  const hits = merge(exact(tree, text), near).slice(0, limit)
  const entries = hits.map(({ node, by, score }) => ({
    taxonomy,
    id: node.id,
    name: node.name,
    path: node.path,
    by,
    score,
  }))
  print(entries, { json, terminal }, () =>
    table(
      hits.map(({ node, by, score }) => [score === null ? by : score.toFixed(2), node.id, node.path.join(' › ')]),
      (cell, column) => (column === 2 ? terminal.style.bold(cell) : terminal.style.dim(padEnd(cell, 4))),
    ),
  )
  return EXIT.done
}

function exact(tree: Taxonomy, text: string): Hit[] {
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

async function byMeaning(tree: Taxonomy, text: string, limit: number): Promise<Hit[]> {
  const embedder = createUseLiteEmbedder()
  try {
    const [vector] = await embedder.embed([text])
    if (vector === undefined) return []
    const nearest: NearestNode[] = tree.nearest(vector, { space: embedder.space, limit, tiers: SCORED_TIERS })
    return nearest.map(({ node, score }) => ({ node, by: 'meaning', score: Math.round(score * 1000) / 1000 }))
  } finally {
    await embedder.close()
  }
}

function merge(first: readonly Hit[], second: readonly Hit[]): Hit[] {
  const seen = new Set<string>()
  return [...first, ...second].filter(({ node }) => !seen.has(node.id) && seen.add(node.id))
}
