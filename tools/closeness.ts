import { roundScore } from '../src/similarity/cosine.ts'

/** The cosine of two vectors of length 1, 3 decimals. @throws {RangeError} for different dimensions, that is for different spaces. */
export function closeness(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length)
    throw new RangeError(`vectors of ${a.length} and ${b.length} components cannot be compared`)
  return roundScore(a.reduce((sum, component, i) => sum + component * (b[i] ?? 0), 0))
}

/** Sorts best first, and equal scores by `place`, so that equal input gives equal bytes. */
export function bestFirst<T extends { score: number }>(hits: T[], place: (hit: T) => number): T[] {
  return hits.sort((a, b) => b.score - a.score || place(a) - place(b))
}
