import { endianness } from 'node:os'
import { z } from 'zod'
import { type Sha256, sha256 } from '../content/text/hash.ts'
import { TextHash } from '../content/text/text.ts'
import { RecordingError } from './recording-errors.ts'

const Packed = z.record(TextHash, z.string())
const IS_LITTLE_ENDIAN = endianness() === 'LE'

/**
 * Reads the vectors of the texts of one item as a recording keeps them: a table from the hash of the embedded text to little-endian
 * Float32 as base64.
 * @returns vectors by hash, all of the same length.
 * @throws {RecordingError} `malformed`
 */
export function readVectors(value: unknown): Map<Sha256, Float32Array> {
  const parsed = Packed.safeParse(value)
  if (!parsed.success)
    throw new RecordingError('malformed', 'the derived vectors are not a table from hashes to base64')
  const vectors = new Map<Sha256, Float32Array>()
  let dimension: number | undefined
  for (const [hash, base64] of Object.entries(parsed.data)) {
    const vector = unpackVector(base64)
    dimension ??= vector?.length
    if (vector === null || vector.length !== dimension || !vector.every(Number.isFinite))
      throw new RecordingError(
        'malformed',
        `the derived vector of ${hash} is not a vector, or has another length than the others`,
      )
    vectors.set(TextHash.parse(hash), vector)
  }
  return vectors
}

/** Makes what {@link readVectors} reads. It is sorted by hash, so the same texts make the same table. Numbers are rounded to single precision. */
export function packVectors(
  texts: Iterable<readonly [text: string, vector: readonly number[]]>,
): Record<string, string> {
  const packed = Array.from(texts, ([text, vector]): [Sha256, string] => {
    const bytes = new DataView(new ArrayBuffer(vector.length * 4))
    vector.forEach((number, at) => bytes.setFloat32(at * 4, number, true))
    return [sha256(text), Buffer.from(bytes.buffer).toString('base64')]
  })
  return Object.fromEntries(packed.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Unpacks one vector. Null if the text is not one. */
export function unpackVector(base64: string): Float32Array | null {
  const bytes = Buffer.from(base64, 'base64')
  // The decoder skips what is not base64, so the text is compared.
  if (bytes.length === 0 || bytes.length % 4 !== 0 || bytes.toString('base64') !== base64) return null
  const vector = new Float32Array(bytes.length / 4)
  if (IS_LITTLE_ENDIAN) new Uint8Array(vector.buffer).set(bytes)
  else for (let at = 0; at < vector.length; at++) vector[at] = bytes.readFloatLE(at * 4)
  return vector
}
