import { isContentWord, stem, wordsOf } from '../phrases/stopwords.ts'
import type { Reading } from '../reading/reading.ts'

/** The weight of lexical cohesion beside that of the vectors of meaning, 0..1. */
const LEXICAL = 0.5
const LEXICAL_DIMENSIONS = 384

function hash(word: string): number {
  let h = 2166136261
  for (let i = 0; i < word.length; i++) h = Math.imul(h ^ word.charCodeAt(i), 16777619)
  h ^= h >>> 15
  h = Math.imul(h, 2246822519)
  return (h ^ (h >>> 13)) >>> 0
}

/**
 * One vector of content words for each segment. A word weighs more if it is spread unevenly over the text, because a word that stands in
 * all segments distinguishes none. Words are hashed into {@link LEXICAL_DIMENSIONS} signed dimensions.
 */
function lexicalVectors(reading: Reading, indexes: readonly number[]): Float64Array[] {
  const bags = indexes.map((index) => {
    const segment = reading.segments[index]
    const bag = new Map<string, number>()
    const text = segment === undefined ? '' : reading.text.slice(segment.start, segment.end)
    for (const word of wordsOf(text)) if (isContentWord(word)) bag.set(stem(word), (bag.get(stem(word)) ?? 0) + 1)
    return bag
  })
  const spread = new Map<string, number>()
  for (const bag of bags) for (const word of bag.keys()) spread.set(word, (spread.get(word) ?? 0) + 1)
  return bags.map((bag) => {
    const vector = new Float64Array(LEXICAL_DIMENSIONS)
    for (const [word, count] of bag) {
      const df = spread.get(word) ?? 1
      if (df < 2) continue
      const h = hash(word)
      const at = h % LEXICAL_DIMENSIONS
      const weight = (1 + Math.log(count)) * Math.log(1 + bags.length / df)
      vector[at] = (vector[at] ?? 0) + ((h >>> 20) & 1 ? weight : -weight)
    }
    return vector
  })
}

function unit(vector: Float64Array | readonly number[]): Float64Array {
  let sum = 0
  for (const x of vector) sum += x * x
  const scale = sum > 0 ? 1 / Math.sqrt(sum) : 0
  return Float64Array.from(vector, (x) => x * scale)
}

function centred(vectors: readonly Float64Array[], weights: readonly number[]): Float64Array[] {
  const mean = new Float64Array(vectors[0]?.length ?? 0)
  const total = weights.reduce((sum, weight) => sum + weight, 0) || 1
  for (const [i, vector] of vectors.entries())
    for (let d = 0; d < mean.length; d++) mean[d] = (mean[d] ?? 0) + ((vector[d] ?? 0) * (weights[i] ?? 0)) / total
  return vectors.map((vector) => unit(vector.map((x, d) => x - (mean[d] ?? 0))))
}

/** One vector for each segment, which joins meaning and words. It holds words alone if no embedder knows the language. */
export function cohesionVectors(reading: Reading, indexes: readonly number[], share = LEXICAL): Float64Array[] {
  const lexical = lexicalVectors(reading, indexes).map(unit)
  const dimensions = reading.vectors.find((vector) => vector !== null && vector !== undefined)?.length ?? 0
  if (dimensions === 0) return lexical
  const words = indexes.map((index) => reading.segments[index]?.words ?? 0)
  const meaning = centred(
    indexes.map((index) => Float64Array.from(reading.vectors[index] ?? new Array<number>(dimensions).fill(0))),
    indexes.map((index, i) => (reading.vectors[index] == null ? 0 : (words[i] ?? 0))),
  ).map((vector, i) => (reading.vectors[indexes[i] ?? -1] == null ? new Float64Array(dimensions) : vector))
  return lexical.map((vector, i) => {
    const joined = new Float64Array(vector.length + dimensions)
    vector.forEach((x, d) => {
      joined[d] = x * Math.sqrt(share)
    })
    meaning[i]?.forEach((x, d) => {
      joined[vector.length + d] = x * Math.sqrt(1 - share)
    })
    return joined
  })
}

/**
 * How similar the words on both sides of each gap between segments are: the cosine between the sum over a window of words before the gap
 * and the sum over a window after it. The sum over a window is the difference of two sums from the beginning, so the time does not grow
 * with the window.
 */
export function similarities(vectors: readonly Float64Array[], words: readonly number[], window: number): number[] {
  const until = new Float64Array(words.length + 1)
  for (const [i, count] of words.entries()) until[i + 1] = (until[i] ?? 0) + count
  const gaps = words.length - 1
  const before = placesOf(until, gaps, (at) => Math.max(0, at - window))
  const after = placesOf(until, gaps, (at) => Math.min(until.at(-1) ?? 0, at + window))
  const [dot, left, right] = [new Float64Array(gaps), new Float64Array(gaps), new Float64Array(gaps)]
  const sums = new Float64Array(words.length + 1)
  for (let d = 0; d < (vectors[0]?.length ?? 0); d++) {
    for (const [i, count] of words.entries()) sums[i + 1] = (sums[i] ?? 0) + count * (vectors[i]?.[d] ?? 0)
    const sumUntil = ({ segment, words }: Place) => (sums[segment] ?? 0) + words * (vectors[segment]?.[d] ?? 0)
    for (let gap = 0; gap < gaps; gap++) {
      const here = sums[gap + 1] ?? 0
      const x = here - sumUntil(before[gap] ?? START)
      const y = sumUntil(after[gap] ?? START) - here
      dot[gap] = (dot[gap] ?? 0) + x * y
      left[gap] = (left[gap] ?? 0) + x * x
      right[gap] = (right[gap] ?? 0) + y * y
    }
  }
  return Array.from(dot, (sum, gap) => {
    const both = (left[gap] ?? 0) * (right[gap] ?? 0)
    return both > 0 ? sum / Math.sqrt(both) : 0
  })
}

/** A place: so many words into a segment. */
interface Place {
  segment: number
  words: number
}
const START: Place = { segment: 0, words: 0 }

/** For each gap in order, the place at the number of words that `wordsAt` gives. */
function placesOf(until: Float64Array, gaps: number, wordsAt: (gap: number) => number): Place[] {
  let segment = 0
  return Array.from({ length: gaps }, (_, gap) => {
    const words = wordsAt(until[gap + 1] ?? 0)
    while ((until[segment + 1] ?? Infinity) <= words) segment++
    return { segment, words: words - (until[segment] ?? 0) }
  })
}
