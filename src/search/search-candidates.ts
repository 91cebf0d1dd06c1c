import type { Neighbour, Places, SimilarityFilter } from '../similarity/similarity-index.ts'
import { coverage, PLACES_PER_TERM, placeScore, termWeights } from './place-score.ts'

/** How many places are asked for by meaning for each wanted item, because several of them may fall on one item. */
const PLACES_PER_ITEM = 4

/** A segment that was found, by its meaning or by terms of the query. */
export interface CandidateSegment {
  segment: number
  cosine: number
  /** Terms by which it was found. It may hold others too. */
  terms: Set<string>
}

/** An item that was found, before its text is looked at. */
export interface Candidate {
  itemId: string
  textHash: string | null
  /** The score of the whole item. Null if only segments of it were found. */
  cosine: number | null
  segments: CandidateSegment[]
  /** The best score that it may have, as far as can be said without the text. */
  score: number
}

/** The places of one search: whole items and segments by meaning, and segments that hold terms of the query. */
export function placesToAsk(terms: readonly string[], limit: number, filter: SimilarityFilter): Places[] {
  const places: Places[] = [
    { level: 'item', limit, filter },
    { level: 'segment', limit: limit * PLACES_PER_ITEM, filter },
  ]
  if (terms.length === 0) return places
  const each = terms.map((term): Places => {
    return { level: 'segment', limit: PLACES_PER_TERM, filter: { ...filter, words: [term] } }
  })
  return [...places, { level: 'item', limit, filter: { ...filter, words: terms } }, ...each]
}

/** What was found, by item and best first, and the weight of each term. `answers` belong to the places in their order. */
export function candidatesOf(
  answers: readonly (readonly Neighbour[])[],
  terms: readonly string[],
): { candidates: Candidate[]; weights: ReadonlyMap<string, number> } {
  const [wholes = [], near = [], named = [], ...byTerm] = answers
  const weights = termWeights(new Map(terms.map((term, n) => [term, byTerm[n]?.length ?? 0])))
  const candidates = new Map<string, Candidate>()
  const candidateOf = ({ itemId, payload }: Neighbour) => {
    const known = candidates.get(itemId)
    if (known !== undefined) return known
    const made: Candidate = { itemId, textHash: payload.textHash, cosine: null, segments: [], score: 0 }
    candidates.set(itemId, made)
    return made
  }
  const namedItems = new Set(named.map(({ itemId }) => itemId))
  for (const whole of [...wholes, ...named]) {
    const candidate = candidateOf(whole)
    candidate.cosine = whole.score
    const covered = coverage(weights, () => namedItems.has(whole.itemId))
    candidate.score = Math.max(candidate.score, placeScore(whole.score, covered))
  }
  for (const [n, places] of [near, ...byTerm].entries())
    for (const place of places) {
      if (place.segment === null) continue
      const { segments } = candidateOf(place)
      let segment = segments.find((known) => known.segment === place.segment)
      if (segment === undefined) {
        segment = { segment: place.segment, cosine: place.score, terms: new Set() }
        segments.push(segment)
      }
      const term = terms[n - 1]
      if (term !== undefined) segment.terms.add(term)
    }
  for (const candidate of candidates.values())
    for (const { cosine, terms: has } of candidate.segments) {
      const score = placeScore(
        cosine,
        coverage(weights, (term) => has.has(term)),
      )
      candidate.score = Math.max(candidate.score, score)
    }
  const best = [...candidates.values()].sort((a, b) => b.score - a.score || (a.itemId < b.itemId ? -1 : 1))
  return { candidates: best, weights }
}
