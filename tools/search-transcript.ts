import { z } from 'zod'
import { bestFirst, closeness } from './closeness.ts'
import { type LexicalIndex, lexicalIndex } from './lexical-index.ts'
import { noSuchSegment, segmentText } from './segment-text.ts'
import { defineTool, problem, type ToolDeps, type ToolFactory, type ToolResult } from './tool.ts'

const MAX_HIT = 500

const schema = z.strictObject({
  query: z.string().trim().min(1).max(300).describe('plain words to look for; no pattern language'),
  mode: z
    .enum(['words', 'meaning'])
    .default('words')
    .describe('"words" finds segments with these words or forms of them, "meaning" segments that speak of the same'),
  limit: z.int().min(1).max(10).default(5).describe('how many segments at most'),
})

function show({ reading }: ToolDeps, ranked: { segment: number; score: number }[], limit: number): ToolResult {
  const hits = bestFirst(ranked, ({ segment }) => segment)
    .slice(0, limit)
    .flatMap(({ segment, score }) => {
      const at = reading.segments[segment]
      return at === undefined ? [] : [{ segment, role: at.role, score, text: segmentText(reading, at, MAX_HIT) }]
    })
  return { ok: true, value: { hits } }
}

/** Ranks segments by the cosine of their vector to the query's; a problem if the item or the query has no such vector. */
async function byMeaning(deps: ToolDeps, query: string, signal: AbortSignal | undefined) {
  const { reading, embedder } = deps
  if (embedder === null || reading.space === null || reading.space !== embedder.space)
    return problem(
      `Search by meaning is not possible here: no embedder knows ${reading.language === null ? "this item's language" : `"${reading.language}"`}. Search with "mode": "words".`,
    )
  const [vector] = await embedder.embed([query], signal === undefined ? {} : { signal })
  if (vector === undefined) return problem('The query could not be embedded. Search with "mode": "words".')
  return reading.vectors.flatMap((own, segment) => (own === null ? [] : [{ segment, score: closeness(vector, own) }]))
}

/** Searches the item's transcript by words (BM25) or by meaning. */
export const searchTranscript: ToolFactory = (deps) => {
  let index: LexicalIndex | undefined
  return defineTool({
    name: 'search_transcript',
    version: 1,
    description:
      'Searches the segments of this transcript by words or by meaning, best first. Scores compare hits of one search only.',
    schema,
    async run({ query, mode, limit }, { signal }) {
      const { reading } = deps
      if (reading.segments.length === 0) return problem(noSuchSegment(0, reading.segments))
      if (mode === 'meaning') {
        const ranked = await byMeaning(deps, query, signal)
        return Array.isArray(ranked) ? show(deps, ranked, limit) : ranked
      }
      index ??= lexicalIndex(reading)
      return show(deps, index.rank(query), limit)
    },
  })
}
