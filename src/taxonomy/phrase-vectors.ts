import type { Sha256 } from '../content/text/hash.ts'

/** The vectors of all describing phrases, each distinct text once, in one space. */
export interface PhraseVectors {
  /** The embedder's space, id and version. */
  readonly space: string
  readonly dimension: number
  /** Hash of the phrases that they were computed from. */
  readonly phrases: Sha256
  /** One unit vector after the other, `dimension` numbers each. */
  readonly values: Float32Array
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

/** Restores what {@link encodeVectors} wrote, as unit vectors. @throws if the bytes are not whole vectors. */
export function decodeVectors(bytes: Buffer, dimension: number): Float32Array {
  const stride = 4 + dimension
  if (bytes.length % stride !== 0) throw new Error(`${bytes.length} bytes are no whole vectors of ${dimension} numbers`)
  const rows = bytes.length / stride
  const values = new Float32Array(rows * dimension)
  const whole = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length)
  for (let row = 0; row < rows; row++) {
    const from = row * stride + 4
    // The stored scale cancels out, because the vectors have length 1; it keeps the file readable by other programs.
    let square = 0
    for (let column = 0; column < dimension; column++) square += (whole[from + column] ?? 0) ** 2
    const scale = 1 / (Math.sqrt(square) || 1)
    for (let column = 0; column < dimension; column++) {
      values[row * dimension + column] = (whole[from + column] ?? 0) * scale
    }
  }
  return values
}
