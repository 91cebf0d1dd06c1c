import type { Sha256 } from '../content/text/hash.ts'

/** A content-addressed JSON or text value. */
export interface Blob {
  hash: Sha256
  /** UTF-8 text, not compressed; the store compresses. */
  text: string
}
