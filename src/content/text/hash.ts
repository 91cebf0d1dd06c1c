import { hash } from 'node:crypto'

/** Content address: `sha256:` and 64 lower-case hex digits. */
export type Sha256 = `sha256:${string}`

/** Addresses bytes, or a string as UTF-8 after lone surrogates became U+FFFD. */
export function sha256(data: string | Uint8Array): Sha256 {
  // Strings become UTF-8 on the way, as `toWellFormed` does.
  return `sha256:${hash('sha256', data, 'hex')}`
}
