import { InvalidVector } from './similarity-index.ts'

/** The longest vector that both engines can hold (pgvector's `vector` type ends here; Qdrant at 65,536). */
const MAX_DIMENSION = 16_000
const FLOAT32_MAX = 3.4028234663852886e38

/**
 * A vector scaled to length 1, its components rounded to 7 significant digits (float32 holds no more, and the rounded text is
 * about half as long on the wire). The zero vector stays zero: its similarity to anything is 0.
 *
 * Engines store what they are sent: one infinite component makes Qdrant rank that point first with score `null`, and pgvector
 * answer NaN. So everything is checked here, before anything is written.
 * @throws {InvalidVector} if it is not a plain array of 1 to 16,000 numbers that are finite as float32.
 */
export function unitVector(vector: readonly number[], whose: string): number[] {
  // A Float32Array would go over the wire as an object.
  if (!Array.isArray(vector)) throw new InvalidVector(`the vector of ${whose} is not a plain array of numbers`)
  if (vector.length === 0 || vector.length > MAX_DIMENSION)
    throw new InvalidVector(
      `the vector of ${whose} has ${vector.length} components; 1 to ${MAX_DIMENSION} are possible`,
    )
  let largest = 0
  for (let i = 0; i < vector.length; i++) {
    const size = Math.abs(vector[i] ?? Number.NaN)
    if (!(size <= FLOAT32_MAX))
      throw new InvalidVector(`component ${i} of the vector of ${whose} is ${vector[i]}, not a finite float32 number`)
    if (size > largest) largest = size
  }
  if (largest === 0) return vector.map(() => 0)
  // Scaled by the largest component first, so that no square overflows or vanishes.
  const scaled = vector.map((component) => component / largest)
  const length = Math.sqrt(scaled.reduce((sum, component) => sum + component * component, 0))
  return scaled.map((component) => Number((component / length).toPrecision(7)))
}

/** A cosine as neighbours report it: within [-1, 1], 3 decimals, never -0. */
export function roundScore(cosine: number): number {
  return Math.round(Math.max(-1, Math.min(1, cosine)) * 1000) / 1000 + 0
}
