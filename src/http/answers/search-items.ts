import type { Service } from '../../compose.ts'
import { clip, LONGEST_CLIP } from '../../content/text/clip.ts'
import { detectLanguage } from '../../content/text/detect-language.ts'
import { TextHash } from '../../content/text/text.ts'
import { SEGMENTER_VERSION } from '../../content/transcript/segmenter.ts'
import { Segment } from '../../content/transcript/segments.ts'
import type { ItemRecord } from '../../database/records.ts'
import { doesNotRead, knowsLanguage } from '../../models/embedder.ts'
import type { Neighbour, SimilarityFilter } from '../../similarity/similarity-index.ts'

/** Segments that are shown of one item. */
const BEST_SEGMENTS = 3
/** Places asked for per wanted item: several of them fall on one item. */
const PLACES_PER_ITEM = 4

export interface SearchQuery {
  text: string
  limit: number
  filter: SimilarityFilter
}

/** A place in an item that is close to what was searched for; no quote where rights or a missing text forbid one. */
export interface FoundSegment {
  segment: number
  score: number
  text: string | null
  start: number | null
  end: number | null
  startMs: number | null
  endMs: number | null
  quote: string | null
}

export interface FoundItem {
  item: ItemRecord
  score: number
  segments: FoundSegment[]
}

export interface SearchAnswer {
  found: FoundItem[]
  /** Changes that the index had not followed when it was searched: above 0, there may be more to find. */
  behind: number
  /** Why nothing was compared, where the text is in a language of which there are no vectors; else null. */
  abstention: string | null
}

/**
 * Items by meaning, nearest first: the text's vector against those of whole items and of segments. An item's score is the best of
 * both; comparable within one vector space only. A text that is clearly in a language the embedder does not read is compared with
 * nothing: its vector would be near to anything. Few words have no language that can be told, and are taken as they are.
 * @throws {SimilarityError} {@link ModelError} when index or embedder do not answer.
 */
export async function searchItems(
  { text, limit, filter }: SearchQuery,
  { embedder, similarity, repositories }: Pick<Service, 'embedder' | 'similarity' | 'repositories'>,
): Promise<SearchAnswer> {
  const behind = await similarity.behind()
  const language = detectLanguage(text)
  if (!knowsLanguage(embedder, language)) return { found: [], behind, abstention: abstain(embedder, language) }
  const [vector] = await embedder.embed([text])
  if (vector === undefined) return { found: [], behind, abstention: null }
  const near = (level: 'item' | 'segment', places: number) =>
    similarity.index.nearest({ space: embedder.space, vector, level, limit: places, filter })
  const [wholes, segments] = await Promise.all([near('item', limit), near('segment', limit * PLACES_PER_ITEM)])
  const scores = new Map<string, number>()
  for (const { itemId, score } of [...wholes, ...segments])
    scores.set(itemId, Math.max(score, scores.get(itemId) ?? -1))
  const best = [...scores].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, limit)
  const found = await Promise.all(
    best.map(async ([itemId, score]) => {
      const item = await repositories.items.get(itemId)
      if (item === null) return []
      const places = segments.filter((place) => place.itemId === itemId).slice(0, BEST_SEGMENTS)
      return [{ item, score, segments: await describePlaces(item, places, repositories) }]
    }),
  )
  return { found: found.flat(), behind, abstention: null }
}

function abstain(embedder: Service['embedder'], language: string | null): string {
  const known = [embedder.languages].flat().map((one) => `"${one}"`)
  return `nothing was compared: ${doesNotRead(embedder, language)}, the language of this text; search in ${known.join(', ')}, or set LINERNOTES_EMBEDDING_MODEL to a model that reads it`
}

async function describePlaces(
  { id, item: { rights } }: ItemRecord,
  places: readonly Neighbour[],
  { texts }: Service['repositories'],
): Promise<FoundSegment[]> {
  const hash = TextHash.safeParse(places[0]?.payload.textHash).data
  if (hash === undefined) return []
  const [text, derived] = await Promise.all([
    texts.get(id, hash),
    texts.getDerived(id, { textHash: hash, kind: 'segments', version: `segmenter@${SEGMENTER_VERSION}` }),
  ])
  const segments = new Map(
    (Segment.array().safeParse(derived?.value).data ?? []).map((segment) => [segment.index, segment]),
  )
  return places.flatMap(({ segment: number, score }) => {
    if (number === null) return []
    const place = segments.get(number)
    const { start = null, end = null, startMs = null, endMs = null } = place ?? {}
    const whole = text === null || start === null || end === null ? null : text.text.slice(start, end)
    const quote =
      whole === null || rights === 'offsets' ? null : rights === 'clipped' ? clip(whole, LONGEST_CLIP) : whole
    return [{ segment: number, score, text: hash, start, end, startMs, endMs, quote }]
  })
}
