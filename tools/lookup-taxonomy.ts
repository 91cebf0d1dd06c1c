import { z } from 'zod'
import { wordsOf } from '../src/content/text/folded-words.ts'
import { roundScore } from '../src/similarity/cosine.ts'
import { IAB_CONTENT, type Taxonomies, type Taxonomy } from '../src/taxonomy/taxonomy.ts'
import type { TaxonomyNode } from '../src/taxonomy/taxonomy-tree.ts'
import { defineTool, problem, type ToolDeps, type ToolFactory, type ToolResult } from './tool.ts'

const show = ({ id, name, path }: TaxonomyNode) => ({ id, name, path })

/** The nodes that the model sees; `more` counts those beyond the limit. */
function nodes(found: readonly TaxonomyNode[], limit: number): ToolResult {
  const more = found.length - limit
  return { ok: true, value: { nodes: found.slice(0, limit).map(show), ...(more > 0 ? { more } : {}) } }
}

/** First the node with exactly that name, then names with all words of the query, shorter ones first. */
function byName(taxonomy: Taxonomy, query: string, limit: number): ToolResult {
  const exact = taxonomy.byName(query)
  const wanted = wordsOf(query).map(({ folded }) => folded)
  const near = taxonomy.nodes
    .filter((node) => node.id !== exact?.id && wanted.length > 0)
    .filter(({ name }) => {
      const own = wordsOf(name).map(({ folded }) => folded)
      return wanted.every((word) => own.some((part) => part.startsWith(word)))
    })
    .sort((a, b) => a.name.length - b.name.length || (a.id < b.id ? -1 : 1))
  const found = exact === undefined ? near : [exact, ...near]
  return found.length > 0
    ? nodes(found, limit)
    : problem(`${taxonomy.id} has no name with "${query}". Try "by": "meaning" with a few describing words.`)
}

/** Finds a node by its id, or by its name if the query is not an id. */
function nodeOf(taxonomy: Taxonomy, query: string): TaxonomyNode | undefined {
  return taxonomy.get(query) ?? taxonomy.byName(query)
}

function noSuchNode(taxonomy: Taxonomy, query: string): ToolResult {
  return problem(
    `${taxonomy.id} has no node "${query}". Give an id, or look it up with "by": "name" or "meaning"; "by": "children" with "query": "root" lists where it begins.`,
  )
}

function children(taxonomy: Taxonomy, query: string, limit: number): ToolResult {
  if (query.toLowerCase() === 'root') return nodes(taxonomy.children(null), limit)
  const node = nodeOf(taxonomy, query)
  return node === undefined ? noSuchNode(taxonomy, query) : nodes(taxonomy.children(node.id), limit)
}

async function byMeaning(
  taxonomy: Taxonomy,
  { query, under, limit }: { query: string; under: string | null; limit: number },
  { embedder, reading }: ToolDeps,
  signal: AbortSignal | undefined,
): Promise<ToolResult> {
  if (embedder === null || embedder.space !== taxonomy.space)
    return problem(
      `Look-up by meaning is not possible here: no embedder knows ${reading.language === null ? "this item's language" : `"${reading.language}"`}. Use "by": "name" with an English name, or "by": "children".`,
    )
  const top = under === null ? undefined : nodeOf(taxonomy, under)
  if (under !== null && top === undefined) return noSuchNode(taxonomy, under)
  const [vector] = await embedder.embed([query], signal === undefined ? {} : { signal })
  if (vector === undefined) return problem('The query could not be embedded. Use "by": "name".')
  const found = taxonomy.nearest(vector, {
    space: embedder.space,
    limit,
    ...(top === undefined ? {} : { under: top.id }),
  })
  return {
    ok: true,
    value: {
      nodes: found
        .map(({ node, score, margin }) => ({
          ...show(node),
          score: roundScore(score),
          margin: margin === null ? null : roundScore(margin),
        }))
        .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)),
    },
  }
}

const schemas = new WeakMap<Taxonomies, ReturnType<typeof makeSchema>>()

/** Caches one schema for each set of taxonomies, because tools are made for every agent of every run. */
function schemaFor(taxonomies: Taxonomies): ReturnType<typeof makeSchema> {
  const schema = schemas.get(taxonomies) ?? makeSchema(taxonomies)
  schemas.set(taxonomies, schema)
  return schema
}

const makeSchema = ({ ids }: Taxonomies) =>
  z.strictObject({
    taxonomy: z.enum(ids).default(IAB_CONTENT).describe('which taxonomy'),
    by: z.enum(['meaning', 'name', 'children', 'path']).describe('how to look it up'),
    query: z.string().trim().min(1).max(300).describe('describing words, a name, or an id'),
    under: z.string().max(100).nullable().default(null).describe('by meaning: id of the node to stay below'),
    limit: z.int().min(1).max(40).default(10).describe('how many nodes at most'),
  })

/** Finds nodes of a taxonomy by meaning, name, children or path, so that a model need not know ids by heart. */
export const lookupTaxonomy: ToolFactory = (deps) =>
  defineTool({
    name: 'lookup_taxonomy',
    version: 1,
    description:
      'Finds nodes of a taxonomy with their ids and paths. "meaning": near to a few describing words in English, with score and margin; looks at the upper tiers, and with "under" at all below a node. "name": by name or words of it. "children": what stands directly below a node (query: its id, or "root"). "path": from the root to a node (query: its id).',
    schema: schemaFor(deps.taxonomies),
    async run({ taxonomy: id, by, query, under, limit }, { signal }) {
      const taxonomy = deps.taxonomies.get(id)
      switch (by) {
        case 'meaning':
          return byMeaning(taxonomy, { query, under, limit }, deps, signal)
        case 'name':
          return byName(taxonomy, query, limit)
        case 'children':
          return children(taxonomy, query, limit)
        case 'path': {
          const node = nodeOf(taxonomy, query)
          return node === undefined ? noSuchNode(taxonomy, query) : nodes(taxonomy.path(node.id), limit)
        }
      }
    },
  })
