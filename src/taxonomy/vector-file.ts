import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Sha256 } from '../content/text/hash.ts'
import { decodeVectors, type PhraseVectors } from './phrase-vectors.ts'
import { StaleTaxonomyVectors } from './taxonomy-errors.ts'
import { dataFile, readData } from './taxonomy-tables.ts'

export const VECTOR_HEADER = 'vectors.json'
export const VECTOR_BYTES = 'vectors.bin'

/** The description of the vectors, stored next to them in `vectors.json`. */
export const VectorHeader = z.strictObject({
  space: z.string(),
  dimension: z.int().positive(),
  /** The hash of the phrases, see `hashPhrases`. */
  phrases: z.templateLiteral(['sha256:', z.string()]),
  count: z.int().nonnegative(),
})
export type VectorHeader = z.infer<typeof VectorHeader>

/**
 * Reads the shipped vectors.
 * @throws {StaleTaxonomyVectors} if they were computed from other phrases, or if their number does not match.
 */
export function readShippedVectors(phrases: Sha256): PhraseVectors {
  return checkVectors(readData(VECTOR_HEADER, VectorHeader), readFileSync(dataFile(VECTOR_BYTES)), phrases)
}

/** Checks a header and its bytes against the phrases of this version, and restores the vectors. */
export function checkVectors(header: VectorHeader, bytes: Buffer, phrases: Sha256): PhraseVectors {
  if (header.phrases !== phrases)
    throw new StaleTaxonomyVectors(`they were computed from other phrases (${header.phrases}, now ${phrases})`)
  const expected = header.count * (4 + header.dimension)
  if (bytes.length !== expected) {
    throw new StaleTaxonomyVectors(
      `${VECTOR_BYTES} has ${bytes.length} bytes where ${VECTOR_HEADER} promises ${expected}`,
    )
  }
  return { space: header.space, dimension: header.dimension, phrases, values: decodeVectors(bytes, header.dimension) }
}
