import { isContentWord, stem, wordsOf } from '../phrases/stopwords.ts'
import { ownWords } from '../reading/description-text.ts'
import type { Reading } from '../reading/reading.ts'
import type { SegmentSentence } from './claim-sentences.ts'

const contentStems = (text: string): string[] => wordsOf(text).filter(isContentWord).map(stem)

function unit(vector: readonly number[]): number[] {
  const norm = Math.sqrt(vector.reduce((sum, x) => sum + x * x, 0)) || 1
  return vector.map((x) => x / norm)
}

const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0)

/** How close each segment's vector is to the mean of the item and to its title, 0..1. It is 0.5 if there are no vectors, and 0.4 if only this segment has none. */
function centrality(reading: Reading): number[] {
  const units = reading.vectors.map((vector) => (vector == null ? null : unit(vector)))
  const known = units.filter((vector) => vector !== null)
  const [first] = known
  if (first === undefined) return reading.segments.map(() => 0.5)
  const middle = unit(first.map((_, d) => known.reduce((sum, vector) => sum + (vector[d] ?? 0), 0)))
  const title = reading.titleVector === null ? null : unit(reading.titleVector)
  const raw = reading.segments.map(({ index }) => {
    const vector = units[index]
    if (vector == null) return null
    return dot(vector, middle) + (title === null ? 0 : 0.5 * dot(vector, title))
  })
  const values = raw.filter((value) => value !== null)
  const low = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  const high = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  return raw.map((value) => (value === null ? 0.4 : high > low ? (value - low) / (high - low) : 0.5))
}

/**
 * How much each sentence says about the item, about 0..1. It adds up the mean weight of the content words (frequent in the item, or named
 * in title or description), the nearness of the segment to the mean of the item, figures and names, wording that defines or concludes, and
 * the place in the text.
 */
export function salienceOf(reading: Reading, sentences: readonly SegmentSentence[]): number[] {
  const stems = sentences.map(({ text }) => contentStems(text))
  const counts = new Map<string, number>()
  for (const words of stems) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  const declared = new Set([...contentStems(reading.title), ...contentStems(ownWords(reading.description))])
  const weight = (word: string) => Math.log2(1 + (counts.get(word) ?? 0)) * (declared.has(word) ? 1.6 : 1)
  const top = [...counts.keys()].reduce((best, word) => Math.max(best, weight(word)), 1)
  const middles = centrality(reading)
  const near = new Map(reading.segments.map(({ index }, at) => [index, middles[at] ?? 0.5]))
  const end = Math.max(1, reading.text.length)
  return sentences.map((sentence, i) => {
    const words = [...new Set(stems[i] ?? [])]
    const heavy = words.map((word) => weight(word) / top).sort((a, b) => b - a)
    const lexical = heavy.slice(0, 7).reduce((sum, value) => sum + value, 0) / 7
    const middle = near.get(sentence.segment) ?? 0.5
    const hasFigure = /\b\d+(?:[.,]\d+)*\b|\b(?:percent|million|billion|half|twice|double)\b/i.test(sentence.text)
      ? 0.06
      : 0
    const names = Math.min(3, sentence.text.slice(1).match(/(?<=\s)\p{Lu}[\p{L}\p{N}_]{2,}/gu)?.length ?? 0) * 0.03
    const isTelling =
      /\b(?:means|because|therefore|is (?:a|an|the|called|when|that)|allows|leads to|so that|the (?:idea|goal|problem|reason|point|result|difference|main|key|whole|biggest)|in order to|requires?|found|shows?|turns? out|instead of|which (?:is|means))\b/i.test(
        sentence.text,
      )
        ? 0.1
        : 0
    const place = sentence.start / end
    const placed = place < 0.15 ? 0.05 : place > 0.88 ? 0.03 : 0
    return Math.max(0, 0.5 * lexical + 0.3 * middle + hasFigure + names + isTelling + placed)
  })
}
