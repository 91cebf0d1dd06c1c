import type { Sha256 } from '../content/text/hash.ts'

/** A content-addressed JSON or text value. */
export interface Blob {
  hash: Sha256
  /** Uncompressed UTF-8 text; the store compresses it. */
  text: string
}
