import type { Sha256 } from '../src/content/text/hash.ts'
import { loadUseLite, prepareForUseLite, type UseLite } from '../src/models/use-lite/use-lite-model.ts'
import type { PhraseVectors } from '../src/taxonomy/phrase-vectors.ts'

let inline: Promise<UseLite> | undefined

/** The vectors of the embedder that comes with the product, on the calling thread: it blocks the event loop, and keeps nothing. */
export async function embedInline(texts: readonly string[]): Promise<number[][]> {
  inline ??= loadUseLite()
  const model = await inline
  const vectors: number[][] = []
  for (const text of texts) vectors.push(Array.from(await model(prepareForUseLite(text))))
  return vectors
}

/** Puts vectors (any length other than zero) into one array, each scaled to length 1. @throws if a length differs. */
export function packVectors(
  vectors: readonly (readonly number[])[],
  about: { space: string; dimension: number; phrases: Sha256 },
): PhraseVectors {
  const values = new Float32Array(vectors.length * about.dimension)
  vectors.forEach((vector, row) => {
    if (vector.length !== about.dimension) {
      throw new Error(`the embedder ${about.space} gave ${vector.length} numbers, not ${about.dimension}`)
    }
    const length = Math.hypot(...vector) || 1
    vector.forEach((value, column) => {
      values[row * about.dimension + column] = value / length
    })
  })
  return { ...about, values }
}

/**
 * Compact form for shipping: each vector as 8-bit integers, preceded by its 32-bit little-endian scale.
 * A quarter of the size; the cosine of a vector with its restored self is above 0.9998.
 */
export function encodeVectors({ values, dimension }: PhraseVectors): Buffer {
  const rows = values.length / dimension
  const bytes = Buffer.alloc(rows * (4 + dimension))
  for (let row = 0; row < rows; row++) {
    const vector = values.subarray(row * dimension, (row + 1) * dimension)
    const scale = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / 127 || 1
    const at = row * (4 + dimension)
    bytes.writeFloatLE(scale, at)
    vector.forEach((value, column) => {
      bytes.writeInt8(Math.round(value / scale), at + 4 + column)
    })
  }
  return bytes
}
