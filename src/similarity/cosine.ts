import { InvalidVector } from './similarity-index.ts'

/** The longest vector that both engines can store (the limit of pgvector's `vector` type; Qdrant's is 65,536). */
const MAX_DIMENSION = 16_000
const FLOAT32_MAX = 3.4028234663852886e38

/**
 * Scales a vector to length 1 and rounds its components to 7 significant digits (float32 holds no more, and the rounded text is
 * about half as long on the wire). The zero vector stays zero: its similarity to everything is 0.
 *
 * Engines do not check what they store: with one infinite component, Qdrant ranks the point first with score `null`, and pgvector
 * answers NaN. So everything is checked here, before anything is written.
 * @throws {InvalidVector} if it is not a plain array of 1 to 16,000 numbers that are finite as float32.
 */
export function unitVector(vector: readonly number[], whose: string): number[] {
  // A Float32Array would become an object on the wire.
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
  // Divides by the largest component first, so that no square overflows or underflows.
  const scaled = vector.map((component) => component / largest)
  const length = Math.sqrt(scaled.reduce((sum, component) => sum + component * component, 0))
  return scaled.map((component) => Number((component / length).toPrecision(7)))
}

/** A cosine in the form that neighbours report: within [-1, 1], 3 decimals, never -0. */
export function roundScore(cosine: number): number {
  return Math.round(Math.max(-1, Math.min(1, cosine)) * 1000) / 1000 + 0
}
