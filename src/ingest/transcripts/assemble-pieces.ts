import { normalise } from '../../content/text/text.ts'
import type { Transcript, TranscriptMark } from '../../content/transcript/segments.ts'
import { repairTimes } from './timeline.ts'
import { TranscriptError } from './transcript-error.ts'
import type { ParsedTranscript, SpeechPiece } from './transcript-pieces.ts'
import { gapBetween } from './unspaced.ts'

function separator(before: string, piece: SpeechPiece, text: string, sameSpeaker: boolean): string {
  if (!sameSpeaker || piece.join === 'paragraph') return '\n\n'
  if (piece.join === 'line') return '\n'
  return gapBetween(before, text)
}

/**
 * Joins the titles of headings above the same words: `Part one` and `Chapter one` become "Part one: Chapter one". A heading that
 * repeats the one before it adds nothing.
 */
function joinedTitle(titles: readonly string[]): string {
  const distinct = titles.filter((title, at) => title !== titles[at - 1])
  return distinct.map((title, at) => separatorAfter(distinct[at - 1]) + title).join('')
}

/** The separator after a title: a colon, unless the title ends with punctuation. */
function separatorAfter(before: string | undefined): '' | ' ' | ': ' {
  if (before === undefined) return ''
  const end = before.slice(-1)
  return /\p{P}/u.test(end) && !/[)\]}"'”’»]/.test(end) ? ' ' : ': '
}

/**
 * Joins pieces into one normalised text with marks and headings that point into it. Consecutive headings above the same words
 * become one heading with all their titles. A heading with no words after it is left out, with a warning.
 * @throws {TranscriptError} `no_words`
 */
export function assemble(
  reading: ParsedTranscript,
  options: { language: string | undefined; durationMs: number | undefined; dropHeadings: boolean },
): Transcript {
  const { pieces, warnings } = repairTimes(reading.pieces, { ...options, sortable: reading.sortable })
  const parts: string[] = []
  const marks: TranscriptMark[] = []
  const waiting: { title: string; startMs: number | null }[] = []
  const headings: Transcript['headings'] = []
  let length = 0
  let last = ''
  let speaker: string | null = null
  for (const piece of pieces) {
    if (piece.kind === 'heading') {
      const title = normalise(piece.title).replace(/\n+/g, ' ')
      if (title !== '' && !options.dropHeadings) waiting.push({ title, startMs: piece.startMs })
      continue
    }
    // Each piece is normalised by itself; separators of white space keep the whole text normalised.
    const text = normalise(piece.text)
    if (text === '') continue
    const name = piece.speaker === null ? null : normalise(piece.speaker).replace(/\s+/g, ' ').slice(0, 200) || null
    const gap = length === 0 ? '' : separator(last, piece, text, name === speaker)
    const start = length + gap.length
    parts.push(gap, text)
    const above = waiting.splice(0)
    if (above.length > 0) {
      const startMs = above.find((heading) => heading.startMs !== null)?.startMs ?? null
      headings.push({ title: joinedTitle(above.map(({ title }) => title)), start, startMs })
    }
    marks.push({ start, end: start + text.length, speaker: name, startMs: piece.startMs, endMs: piece.endMs })
    length = start + text.length
    last = text
    speaker = name
  }
  const text = parts.join('')
  if (!/[\p{L}\p{N}]/u.test(text)) {
    throw new TranscriptError(
      'no_words',
      'The transcript has no words in it. Give one with speech, or leave it out so that the item is understood from its metadata.',
    )
  }
  if (waiting.length > 0) {
    const headings = waiting.length === 1 ? '1 heading' : `${waiting.length} headings`
    warnings.push(`${headings} at the end with no words below ${waiting.length === 1 ? 'is' : 'are'} left out.`)
  }
  return {
    text,
    marks,
    language: reading.language ?? options.language ?? null,
    headings,
    warnings: [...reading.warnings, ...warnings],
  }
}
