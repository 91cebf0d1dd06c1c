import { Parser } from 'htmlparser2'
import { parseClock } from './clock.ts'
import type { Piece, Reading } from './pieces.ts'
import { TranscriptError } from './transcript-error.ts'

/** Browsers stop at 512 open elements; the parser takes quadratic time in them. */
const MAX_DEPTH = 4096

const SILENT = new Set(['script', 'style', 'head', 'nav', 'template', 'noscript', 'svg', 'button', 'form', 'footer'])
const BLOCK = new Set([
  'p',
  'div',
  'section',
  'article',
  'li',
  'blockquote',
  'tr',
  'dd',
  'dt',
  'body',
  'main',
  'header',
  'ul',
  'ol',
])
const HEADING = /^h[1-6]$/

/**
 * Reads Podcasting 2.0 HTML: `<cite>` names who speaks from there on, `<time>` when, block elements are paragraphs,
 * `<h1>`-`<h6>` are headings. Broken HTML is read as far as a browser would.
 * @throws {TranscriptError} `too_deep`
 */
export function readHtml(html: string): Reading {
  const pieces: Piece[] = []
  let into: 'speech' | 'cite' | 'time' | 'heading' = 'speech'
  let silent = 0
  let depth = 0
  let buffer = ''
  let speaker: string | null = null
  let startMs: number | null = null
  let fresh = true
  const flush = () => {
    const text = buffer.trim()
    buffer = ''
    if (text === '') return
    switch (into) {
      case 'speech':
        pieces.push({ kind: 'speech', text, speaker, startMs, endMs: null, join: fresh ? 'paragraph' : 'line' })
        startMs = null
        fresh = true
        return
      case 'cite':
        speaker = text.replace(/\s*[:：]\s*$/, '') || null
        return
      case 'time':
        startMs = parseClock(text.replace(/[[\]()]/g, '')) ?? startMs
        return
      case 'heading':
        pieces.push({ kind: 'heading', title: text.replace(/\s+/g, ' '), startMs: null })
        return
    }
  }
  const parser = new Parser({
    onopentag(name, attributes) {
      if (++depth > MAX_DEPTH) {
        throw new TranscriptError(
          'too_deep',
          `The HTML has more than ${MAX_DEPTH} elements inside one another; no transcript has.`,
        )
      }
      if (SILENT.has(name)) silent++
      if (silent > 0) return
      if (name === 'br') buffer += '\n'
      const target =
        name === 'cite' || name === 'time' ? name : HEADING.test(name) ? 'heading' : BLOCK.has(name) ? 'speech' : null
      if (target === null) return
      flush()
      into = target
      if (name === 'time') startMs = parseClock(attributes.datetime ?? '') ?? startMs
    },
    ontext(text) {
      // White space in HTML source is layout; line breaks are <br>.
      if (silent === 0) buffer += text.replace(/\s+/g, ' ')
    },
    onclosetag(name) {
      depth--
      if (SILENT.has(name)) silent = Math.max(0, silent - 1)
      if (name === 'cite' || name === 'time' || HEADING.test(name) || BLOCK.has(name)) {
        flush()
        into = 'speech'
      }
    },
  })
  parser.end(html)
  flush()
  return { pieces, metadata: {}, warnings: [], sortable: false }
}
