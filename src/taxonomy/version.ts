import { sha256 } from '../content/hash.ts'
import { readData } from './tables.ts'
import { VECTOR_HEADER, VectorHeader } from './vector-file.ts'

/** Changes with the describing phrases and their vectors: part of the fingerprints of what is found with them. */
export function taxonomyVersion(): string {
  const { space, phrases } = readData(VECTOR_HEADER, VectorHeader)
  return sha256(`${space} ${phrases}`)
}
