import type { Reading } from '../reading/reading.ts'
import { cueAt } from './boundary-cues.ts'
import { expectedChapterWords } from './chapter-count.ts'
import { cohesionVectors, similarities } from './lexical-cohesion.ts'

/** A place between two segments where the subject may change. `depth` (0..1) says how sharply it changes. */
interface Boundary {
  firstSegment: number
  depth: number
}

const TUNING = { windows: [0.3, 0.6, 1] as readonly number[], minWords: 110, cue: 0.35, share: 0.5 }

// The highest similarity within `reach` words of a gap, in one direction.
function hillHeight(
  curve: readonly number[],
  words: readonly number[],
  from: number,
  step: 1 | -1,
  reach: number,
): number {
  let highest = curve[from] ?? 0
  let gone = 0
  for (let i = from + step; i >= 0 && i < curve.length; i += step) {
    gone += words[step > 0 ? i : i + 1] ?? 0
    if (gone > reach) break
    highest = Math.max(highest, curve[i] ?? highest)
  }
  return highest
}

/**
 * How far a similarity curve lies at each gap below the hills on both sides (after Hearst, TextTiling, 1997). It is 0 on a hill. A hill is
 * the highest point within `reach` words, and not the point where the first climb ends. Otherwise a small dent in a slope would make a
 * valley shallow, and one word more or less anywhere could make or remove such a dent. `words` holds the words of each segment. Gap i lies
 * after segment i.
 */
function depths(curve: readonly number[], words: readonly number[], reach: number): number[] {
  return curve.map(
    (here, i) => hillHeight(curve, words, i, -1, reach) + hillHeight(curve, words, i, 1, reach) - 2 * here,
  )
}

function standardised(values: readonly number[]): number[] {
  const mean = values.reduce((sum, x) => sum + x, 0) / Math.max(1, values.length)
  const deviation = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / Math.max(1, values.length)) || 1
  return values.map((x) => (x - mean) / deviation)
}

/**
 * Scores every gap between the given segments as a boundary. It uses the depth of the similarity between the words on both sides, in
 * meaning and in vocabulary, and what the wording at the gap announces. Sorted by place.
 */
export function scoredGaps(reading: Reading, indexes: readonly number[], tuning = TUNING): Boundary[] {
  const vectors = cohesionVectors(reading, indexes, tuning.share)
  const words = indexes.map((index) => reading.segments[index]?.words ?? 0)
  const gaps = indexes.slice(1).map((_, i) => i + 1)
  const expected = expectedChapterWords(words.reduce((sum, count) => sum + count, 0))
  const scales = tuning.windows.map((share) => {
    const window = Math.max(60, Math.round(share * expected))
    const curve = similarities(vectors, words, window)
    return { deep: standardised(depths(curve, words, expected)), low: standardised(curve) }
  })
  const mean = (of: (scale: { deep: number[]; low: number[] }) => number) =>
    scales.reduce((sum, scale) => sum + of(scale), 0) / scales.length
  return gaps.map((gap, i) => {
    const segment = reading.segments[indexes[gap] ?? -1]
    const cue = segment === undefined ? 0 : cueAt(reading, segment, reading.segments[indexes[gap - 1] ?? -1])
    const score = mean(({ deep, low }) => 0.5 * (deep[i] ?? 0) - 0.5 * (low[i] ?? 0)) + tuning.cue * 6 * cue
    return { firstSegment: indexes[gap] ?? 0, depth: 1 / (1 + Math.exp(-score)) }
  })
}

/**
 * Picks the best `count` gaps. There are at least `minWords` words between any two of them and after the last one, and at least half as many
 * before the first one. Sorted by depth.
 */
export function bestBoundaries(
  reading: Reading,
  gaps: readonly Boundary[],
  count: number,
  minWords: number,
): Boundary[] {
  const at = new Map<number, number>()
  let total = 0
  for (const { index, words } of reading.segments) {
    at.set(index, total)
    total += words
  }
  const chosen: Boundary[] = []
  for (const gap of [...gaps].sort((a, b) => b.depth - a.depth || a.firstSegment - b.firstSegment)) {
    if (chosen.length >= count) break
    const place = at.get(gap.firstSegment) ?? 0
    if (place < minWords / 2 || total - place < minWords) continue
    if (chosen.every(({ firstSegment }) => Math.abs((at.get(firstSegment) ?? 0) - place) >= minWords)) chosen.push(gap)
  }
  return chosen
}
