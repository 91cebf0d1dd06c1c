import type { Transcript } from '../../content/transcript/segments.ts'
import { decodeTranscript } from '../encoding/decode-bytes.ts'
import { assemble } from './assemble-pieces.ts'
import { hasCommaTimes, looksLikeCues } from './cue-blocks.ts'
import { readCues } from './cue-transcript.ts'
import { readHtml } from './html-transcript.ts'
import { readJson } from './json-transcript.ts'
import { looksLikeMarkdown, readMarkdown } from './markdown-transcript.ts'
import { TranscriptError } from './transcript-error.ts'
import type { ParsedTranscript, TranscriptMetadata } from './transcript-pieces.ts'
import { readTurns } from './turn-transcript.ts'

export type TranscriptFormat = 'vtt' | 'srt' | 'json' | 'html' | 'markdown' | 'plain'

export interface TranscriptHints {
  /** The claimed media type and file name; they decide only if the content is ambiguous. */
  type?: string
  name?: string
  /** BCP 47; the transcript's own statement wins. */
  language?: string
  /** Later times are dropped. */
  durationMs?: number
  /** The maximum number of characters; a longer transcript is refused. */
  maxChars?: number
  /** Drops headings completely instead of returning them separately from the text. */
  dropHeadings?: boolean
}

export interface ReadTranscript {
  /** `transcription` if a recogniser made the text from audio and no file was read. */
  format: TranscriptFormat | 'transcription'
  transcript: Transcript
  /** The source's statements about itself; never part of the text. */
  metadata: TranscriptMetadata
}

/**
 * Detects the format of a text from its content.
 * @throws {TranscriptError} `broken` if it is a known format that is not a transcript.
 */
export function detectFormat(text: string, hints: TranscriptHints = {}): TranscriptFormat {
  const head = text.trimStart()
  if (/^WEBVTT(?:[ \t\n]|$)/.test(head)) return 'vtt'
  // A list of numbers is JSON too, but `[00:12] Hello` and `[Music]` are speech.
  if (/^\{\s*(?:["}]|$)|^\[\s*(?:[{["\]]|$)|^\[[\s\d.,eE+-]*\]\s*$/.test(head)) return 'json'
  if (head.startsWith('<')) {
    const root = /^(?:<\?xml[^>]*>|<!--[\s\S]*?-->|\s)*<(rss|feed|tt|opml|rdf:RDF)[\s>]/i.exec(head.slice(0, 5000))?.[1]
    if (root !== undefined) {
      throw new TranscriptError(
        'broken',
        `The file is XML (<${root}>), not a transcript; give WebVTT, SRT, JSON, HTML, Markdown or plain text${root === 'rss' || root === 'feed' ? ', or read it as a feed' : ''}.`,
      )
    }
    if (/^<\?xml/.test(head) && !/<(?:html|p|cite|time)[\s>]/i.test(head)) {
      throw new TranscriptError(
        'broken',
        'The file is XML of an unknown kind, not a transcript; give WebVTT, SRT, JSON, HTML, Markdown or plain text.',
      )
    }
    if (
      /^<(?:!doctype html|!--|\?xml|\/?(?:html|head|body|main|article|section|div|p|cite|time|h[1-6]|ul|ol|dl|blockquote|pre|aside|figure|address|header|span|b|i|em|strong|br|table|meta|title|style|script)[\s>/])/i.test(
        head,
      )
    )
      return 'html'
  }
  if (looksLikeCues(text)) return hasCommaTimes(text) ? 'srt' : 'vtt'
  if (looksLikeMarkdown(head)) return 'markdown'
  return /markdown/i.test(hints.type ?? '') || /\.(?:md|markdown)$/i.test(hints.name ?? '') ? 'markdown' : 'plain'
}

function readAs(format: TranscriptFormat, text: string): ParsedTranscript {
  switch (format) {
    case 'vtt':
    case 'srt':
      return readCues(text, format)
    case 'json':
      return readJson(text)
    case 'html':
      return readHtml(text)
    case 'markdown':
      return readMarkdown(text.trimStart())
    case 'plain':
      return { pieces: readTurns(text.split('\n'), []), metadata: {}, warnings: [], sortable: false }
  }
}

/**
 * Reads a transcript of any format that linernotes knows into one normalised text with marks (who, when) and headings.
 * It detects the format from the content, so a wrong media type or file name does no harm.
 * @throws {TranscriptError}
 */
export function readTranscript(input: Uint8Array | string, hints: TranscriptHints = {}): ReadTranscript {
  const decoded = decodeTranscript(input)
  const format = detectFormat(decoded.text, hints)
  // Plain text can be rejected for its length before it is read.
  if (format === 'plain') assertLength(decoded.text, hints)
  const reading = readAs(format, decoded.text)
  const transcript = assemble(
    { ...reading, warnings: [...decoded.warnings, ...reading.warnings] },
    { language: hints.language, durationMs: hints.durationMs, dropHeadings: hints.dropHeadings === true },
  )
  assertLength(transcript.text, hints)
  return { format, transcript, metadata: reading.metadata }
}

function assertLength({ length }: string, { maxChars = Number.POSITIVE_INFINITY }: TranscriptHints): void {
  if (length <= maxChars) return
  const [has, most] = [length, maxChars].map((chars) => chars.toLocaleString('en'))
  throw new TranscriptError(
    'too_long',
    `The transcript has ${has} characters; at most ${most} are worked through. Give it in parts, each an item of its own, or raise LINERNOTES_MAX_TRANSCRIPT_CHARS.`,
  )
}
