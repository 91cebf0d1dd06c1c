import type { ItemInput } from '../../content/item.ts'
import { decodeTranscript } from '../../ingest/encoding/decode-bytes.ts'
import { withoutMarkdownHeadings } from '../../ingest/transcripts/markdown-transcript.ts'
import { detectFormat, type ReadTranscript, readTranscript } from '../../ingest/transcripts/parse-transcript.ts'
import { TranscriptError } from '../../ingest/transcripts/transcript-error.ts'
import { failed } from '../terminal/exit-code.ts'

const MEDIA_TYPES: Record<ReadTranscript['format'], string> = {
  vtt: 'text/vtt',
  srt: 'application/x-subrip',
  json: 'application/json',
  html: 'text/html',
  markdown: 'text/markdown',
  plain: 'text/plain',
  transcription: 'text/plain',
}

/** What a transcript says about its item: the transcript itself, and title and date if it has front matter. */
export interface TranscriptItem extends Pick<ItemInput, 'title' | 'publishedAt'> {
  transcripts: NonNullable<ItemInput['transcripts']>
}

/**
 * Reads a transcript once, so that its faults are reported before anything starts. `notes` say how its bytes were decoded, because the item
 * holds them as text.
 * @throws {CliError} which names the source and the fault.
 */
export function transcriptItem(
  bytes: Uint8Array,
  { name, dropHeadings, maxChars }: { name: string; dropHeadings: boolean; maxChars: number },
): { item: TranscriptItem; notes: string[] } {
  const { text, format, metadata, warnings } = read(bytes, name, maxChars)
  const publishedAt = metadata.date === undefined ? undefined : instantOf(metadata.date)
  const textToUse = dropHeadings ? withoutHeadings(text, format) : text
  const item = {
    transcripts: [{ text: textToUse, type: MEDIA_TYPES[format] }],
    ...(metadata.title === undefined ? {} : { title: metadata.title }),
    ...(publishedAt === undefined ? {} : { publishedAt }),
  }
  return { item, notes: warnings }
}

function read(bytes: Uint8Array, name: string, maxChars: number) {
  try {
    const { text, warnings } = decodeTranscript(bytes)
    return { text, warnings, ...readTranscript(text, { name, maxChars }) }
  } catch (error) {
    if (!(error instanceof TranscriptError)) throw error
    throw failed(`${name === '-' ? 'stdin' : name}: ${error.message}`, { cause: error })
  }
}

/**
 * The text of a transcript in an item, without its headings. A transcript that cannot be read is not changed: the run reports why it cannot
 * be read.
 */
export function dropHeadingsOf({ text, type }: { text: string; type?: string | undefined }): string {
  try {
    const decoded = decodeTranscript(text)
    return withoutHeadings(decoded.text, detectFormat(decoded.text, type === undefined ? {} : { type }))
  } catch (error) {
    if (error instanceof TranscriptError) return text
    throw error
  }
}

/**
 * Removes the headings, which are the publisher's chapters, so that the chapters have to be found. Only Markdown and HTML have headings.
 */
function withoutHeadings(text: string, format: ReadTranscript['format']): string {
  if (format === 'markdown') return withoutMarkdownHeadings(text)
  if (format === 'html') return text.replace(/<h([1-6])(?:\s[^>]*)?>[\s\S]*?<\/h\1\s*>/gi, '')
  return text
}

/** A date without a time means midnight UTC. */
function instantOf(date: string): string | undefined {
  const parsed = new Date(/^\d{4}-\d{2}-\d{2}$/.test(date) ? `${date}T00:00:00Z` : date)
  return Number.isNaN(parsed.getTime()) ? undefined : parsed.toISOString()
}
