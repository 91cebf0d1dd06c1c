import { allowedQuote } from '../content/evidence/allowed-quote.ts'
import type { Rights } from '../content/item.ts'
import type { Segment } from '../content/transcript/segments.ts'
import type { ItemRecord } from '../database/records.ts'
import { coverage, placeScore } from './place-score.ts'
import type { Candidate, CandidateSegment } from './search-candidates.ts'
import { placedWords } from './search-terms.ts'
import type { VersionWords } from './version-words.ts'

/** How many segments of one item are shown. */
const BEST_SEGMENTS = 3

/** A place in an item that is about the search. It has no quote if rights or a missing text forbid one. */
export interface FoundSegment {
  segment: number
  score: number
  text: string | null
  /** Where the quote is in the text. Without a quote, where the segment is. */
  start: number | null
  end: number | null
  startMs: number | null
  endMs: number | null
  quote: string | null
  /** Words of the query in the quote, counted as `start` and `end` are. */
  marks: { start: number; end: number }[]
}

export interface FoundItem {
  item: ItemRecord
  score: number
  segments: FoundSegment[]
}

/** What is searched for, once the weight of its terms is known. */
export interface SearchTerms {
  weights: ReadonlyMap<string, number>
  /** Nothing below this score is shown. */
  floor: number
}

/** A candidate after its words were looked at. Null if nothing of it reaches the floor. */
export function foundItem(
  candidate: Candidate,
  words: VersionWords,
  { weights, floor }: SearchTerms,
): FoundItem | null {
  const { item } = words.item
  const about = new Set(placedWords(`${item.title}\n${item.description ?? ''}`).map(({ folded }) => folded))
  const whole =
    candidate.cosine === null
      ? 0
      : placeScore(
          candidate.cosine,
          coverage(weights, (term) => about.has(term)),
        )
  const byNumber = new Map(words.segments.map((segment) => [segment.index, segment]))
  const segments = candidate.segments
    .map((found) => scoreSegment(found, byNumber.get(found.segment), words.text, weights))
    .filter(({ score }) => score >= floor)
    .sort((a, b) => b.score - a.score || a.segment - b.segment)
  const score = Math.max(whole, segments[0]?.score ?? 0)
  if (score < floor || score === 0) return null
  const shown = segments.slice(0, BEST_SEGMENTS).map((place) => describe(place, candidate, words, item.rights))
  return { item: words.item, score, segments: shown }
}

interface ScoredSegment {
  segment: number
  score: number
  place: Segment | undefined
  marks: { start: number; end: number }[]
}

function scoreSegment(
  { segment, cosine, terms }: CandidateSegment,
  place: Segment | undefined,
  text: string,
  weights: ReadonlyMap<string, number>,
): ScoredSegment {
  const words = place === undefined ? [] : placedWords(text.slice(place.start, place.end))
  const lit = words.filter(({ folded }) => weights.has(folded))
  const there = place === undefined ? terms : new Set(lit.map(({ folded }) => folded))
  const offset = place?.start ?? 0
  return {
    segment,
    place,
    score: placeScore(
      cosine,
      coverage(weights, (term) => there.has(term)),
    ),
    marks: lit.map(({ start, end }) => ({ start: start + offset, end: end + offset })),
  }
}

function describe(
  { segment, score, place, marks }: ScoredSegment,
  { textHash }: Candidate,
  { text }: VersionWords,
  rights: Rights,
): FoundSegment {
  const nowhere = { start: null, end: null, startMs: null, endMs: null, quote: null, marks: [] }
  if (place === undefined || text === '') return { segment, score, text: textHash, ...nowhere }
  const { start, end, startMs, endMs } = place
  const whole = { quote: text.slice(start, end), start, end }
  const shown = allowedQuote(whole, rights, marks[0]?.start)
  const lit =
    shown.quote === undefined ? [] : marks.filter((mark) => mark.start >= shown.start && mark.end <= shown.end)
  return {
    segment,
    score,
    text: textHash,
    start: shown.start,
    end: shown.end,
    startMs,
    endMs,
    quote: shown.quote ?? null,
    marks: lit,
  }
}
