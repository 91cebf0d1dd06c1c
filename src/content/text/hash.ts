import { hash } from 'node:crypto'

/** Content address: `sha256:` and 64 lower-case hex digits. */
export type Sha256 = `sha256:${string}`

/** The content address of bytes, or of a string as UTF-8 with each lone surrogate replaced by U+FFFD. */
export function sha256(data: string | Uint8Array): Sha256 {
  // `hash` encodes strings as UTF-8 and replaces lone surrogates, as `toWellFormed` does.
  return `sha256:${hash('sha256', data, 'hex')}`
}
