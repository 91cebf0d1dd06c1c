import { z } from 'zod'
import type { Neighbourhood } from '../src/content/neighbourhood.ts'
import { closeness } from './closeness.ts'
import { noSuchSegment } from './segment-text.ts'
import { defineTool, problem, type ToolFactory, type ToolResult } from './tool.ts'

const MAX_TOPICS = 12
const NOTE =
  'Priors: how other items were labelled. They say what to look for here; they are never evidence, and a label of theirs holds only where this item says it itself.'

const schema = z.strictObject({
  limit: z.int().min(1).max(20).default(5).describe('how many items at most'),
  like: z
    .int()
    .min(0)
    .nullable()
    .default(null)
    .describe('number of a segment: items close to that segment; null: items close to this item as a whole'),
})

/** The items that the model sees, nearest first, each item once; equal scores are ordered by id. */
function items(candidates: { itemId: string; score: number; topics: string[] }[], limit: number): ToolResult {
  const nearest = new Map<string, { itemId: string; score: number; topics: string[] }>()
  for (const candidate of candidates)
    if ((nearest.get(candidate.itemId)?.score ?? Number.NEGATIVE_INFINITY) < candidate.score)
      nearest.set(candidate.itemId, candidate)
  const shown = [...nearest.values()]
    .sort((a, b) => b.score - a.score || (a.itemId < b.itemId ? -1 : 1))
    .slice(0, limit)
    .map(({ itemId, score, topics }) => ({ itemId, score, topics: topics.slice(0, MAX_TOPICS).flatMap(topic) }))
  return { ok: true, value: { items: shown, note: NOTE } }
}

/** Parses `taxonomy/id`, the form in a neighbourhood. */
function topic(key: string): { taxonomy: string; id: string }[] {
  const slash = key.indexOf('/')
  return slash < 1 ? [] : [{ taxonomy: key.slice(0, slash), id: key.slice(slash + 1) }]
}

function compared({ items }: Neighbourhood, vector: readonly number[]) {
  return items.flatMap((item) => (item.vector === null ? [] : [{ ...item, score: closeness(vector, item.vector) }]))
}

/** Finds other items near this one, with their topics. It reads only what this run has fetched, never the index. */
export const findSimilar: ToolFactory = ({ neighbourhood, reading }) =>
  defineTool({
    name: 'find_similar',
    version: 1,
    description:
      'Lists other items close to this one, or to one segment of it, with the topics they were given. Use it as a hint of what to look for; it is never evidence.',
    schema,
    async run({ limit, like }) {
      if (neighbourhood.unavailable !== null)
        return problem(`There are no neighbours for this item (${neighbourhood.unavailable}). Go on without them.`)
      if (like === null) return items(neighbourhood.items, limit)
      if (reading.segments[like] === undefined) return problem(noSuchSegment(like, reading.segments))
      const vector = reading.vectors[like] ?? null
      if (vector === null || reading.space === null || reading.space !== neighbourhood.space)
        return problem(`Segment ${like} cannot be compared with other items. Call find_similar with "like": null.`)
      return items(compared(neighbourhood, vector), limit)
    },
  })
