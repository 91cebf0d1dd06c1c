import { z } from 'zod'
import { type Sha256, sha256 } from './hash.ts'

/** Increase this with every change of {@link normalise} that can change its output: hashes of texts depend on it. */
export const NORMALISER_VERSION = 1

export const TextSource = z.enum(['transcript', 'title', 'description'])
export type TextSource = z.infer<typeof TextSource>

export const TextHash = z.templateLiteral(['sha256:', z.string().regex(/^[0-9a-f]{64}$/)])

/** A normalised text of an item, addressed by its hash; all offsets are UTF-16 units into `text`. */
export interface Text {
  source: TextSource
  hash: Sha256
  text: string
  normaliser: number
}

// Bidi controls, zero-width characters, BOM, soft hyphen, tag characters and variation selectors supplement. They are invisible
// to a reader, so a quote could hide words with them. ZWJ/ZWNJ are kept: Indic and Arabic scripts and emoji need them.
const INVISIBLE = /[\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u{E0000}-\u{E0FFF}]/gu
const LINE_ENDS = /\r\n?|[\u0085\u2028\u2029\v\f]/g
const CONTROLS = /[\p{Cc}--[\n\t]]/gv

/**
 * NFC, `\n` line ends, no invisible characters, single spaces, at most one empty line, trimmed, well-formed UTF-16.
 * Idempotent: `normalise(normalise(x)) === normalise(x)`.
 */
export function normalise(raw: string): string {
  return raw
    .toWellFormed()
    .replace(LINE_ENDS, '\n')
    .replace(INVISIBLE, '')
    .replace(CONTROLS, '')
    .normalize('NFC')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** Normalises and addresses a text. */
export function makeText(source: TextSource, raw: string): Text {
  const text = normalise(raw)
  return { source, hash: sha256(text), text, normaliser: NORMALISER_VERSION }
}
