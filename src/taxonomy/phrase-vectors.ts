import type { Sha256 } from '../content/text/hash.ts'

/** The vectors of all describing phrases, each distinct text once, in one space. */
export interface PhraseVectors {
  /** The embedder's space, id and version. */
  readonly space: string
  readonly dimension: number
  /** The hash of the phrases that the vectors were computed from. */
  readonly phrases: Sha256
  /** Unit vectors in sequence, `dimension` numbers each. */
  readonly values: Float32Array
}

/** Restores unit vectors from 8-bit integers. Each vector follows its scale (32 bits, little-endian). @throws if the bytes are not whole vectors. */
export function decodeVectors(bytes: Buffer, dimension: number): Float32Array {
  const stride = 4 + dimension
  if (bytes.length % stride !== 0) throw new Error(`${bytes.length} bytes are no whole vectors of ${dimension} numbers`)
  const rows = bytes.length / stride
  const values = new Float32Array(rows * dimension)
  const whole = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length)
  for (let row = 0; row < rows; row++) {
    const from = row * stride + 4
    // The stored scale cancels out, because the vectors have length 1. It is there for other programs that read the file.
    let square = 0
    for (let column = 0; column < dimension; column++) square += (whole[from + column] ?? 0) ** 2
    const scale = 1 / (Math.sqrt(square) || 1)
    for (let column = 0; column < dimension; column++) {
      values[row * dimension + column] = (whole[from + column] ?? 0) * scale
    }
  }
  return values
}
