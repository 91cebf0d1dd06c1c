import { createHash } from 'node:crypto'

/** Content address: `sha256:` and 64 lower-case hex digits. */
export type Sha256 = `sha256:${string}`

/** Addresses bytes, or a string as UTF-8 after lone surrogates became U+FFFD. */
export function sha256(data: string | Uint8Array): Sha256 {
  return `sha256:${createHash('sha256')
    .update(typeof data === 'string' ? Buffer.from(data.toWellFormed(), 'utf8') : data)
    .digest('hex')}`
}
