import type { Reading } from './reading.ts'

/** The weight of title and description, relative to all segments together. */
const DECLARED_WEIGHT = 0.25

/** One vector for the whole item: the mean of its content segments, moved towards title and description. L2-normalised, 6 decimals. */
export function itemVector({ segments, vectors, titleVector, descriptionVector }: Reading): number[] | null {
  const spoken = segments.flatMap(({ role }, n) => {
    const vector = vectors[n]
    return vector && role !== 'ad' && role !== 'intro' && role !== 'outro' ? [vector] : []
  })
  const declared = [titleVector, descriptionVector].filter((vector) => vector !== null)
  const speech = mean(spoken)
  const declaration = mean(declared)
  const sum =
    speech && declaration
      ? speech.map((x, n) => x * (1 - DECLARED_WEIGHT) + (declaration[n] ?? 0) * DECLARED_WEIGHT)
      : (speech ?? declaration)
  if (!sum) return null
  const norm = Math.hypot(...sum)
  return norm === 0 ? null : sum.map((x) => Math.round((x / norm) * 1e6) / 1e6)
}

function mean(vectors: readonly (readonly number[])[]): number[] | null {
  const first = vectors[0]
  if (first === undefined) return null
  const sum = new Array<number>(first.length).fill(0)
  for (const vector of vectors) for (let n = 0; n < sum.length; n++) sum[n] = (sum[n] ?? 0) + (vector[n] ?? 0)
  return sum.map((x) => x / vectors.length)
}
