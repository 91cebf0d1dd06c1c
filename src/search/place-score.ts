/** How many places of each term the index is asked for. A term that fills them is common, and says little. */
export const PLACES_PER_TERM = 12

/** How far a place that has all words of the query is moved from its cosine towards 1. */
const WORDS_COUNT = 0.5

/** The weight of each term of a query, above 0. The fewer places it was found in, the more it weighs. */
export function termWeights(found: ReadonlyMap<string, number>): Map<string, number> {
  return new Map(
    [...found].map(([term, places]) => [term, Math.log(1 + (PLACES_PER_TERM + 1) / (Math.max(places, 1) + 0.5))]),
  )
}

/** The share of a query that a place contains, in [0, 1]. Each term counts by its weight. */
export function coverage(weights: ReadonlyMap<string, number>, has: (term: string) => boolean): number {
  let all = 0
  let there = 0
  for (const [term, weight] of weights) {
    all += weight
    if (has(term)) there += weight
  }
  return all === 0 ? 0 : there / all
}

/** Meaning and words together, in [0, 1], 3 decimals: the cosine, raised by the words that the place shares with the query. */
export function placeScore(cosine: number, covered: number): number {
  const meaning = Math.max(0, cosine)
  return Math.round((meaning + (1 - meaning) * WORDS_COUNT * covered) * 1000) / 1000
}
