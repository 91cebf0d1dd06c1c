import type { Segment } from '../content/segment.ts'
import type { Reading } from './reading.ts'

/** A sentence of a transcript: where it stands, UTF-16 offsets into the transcript's text. */
export interface Sentence {
  segment: number
  start: number
  end: number
  text: string
}

// Full stops that end no sentence when they stand after one of these.
const ABBREVIATIONS = new Set(
  'mr mrs ms dr prof st sr jr vs etc eg ie no vol fig inc ltd co corp gen col lt sgt rev hon approx dept est mt ft bzw nr ca z.b d.h u.a'.split(
    ' ',
  ),
)
const END = /[.!?…]+["'”’)\]]*(?=\s)|[。！？]+[」』”]?|\n+/gu

function endsInAbbreviation(before: string): boolean {
  const word = /([\p{L}.]+)\.$/u.exec(before)?.[1]?.toLowerCase()
  return word !== undefined && (ABBREVIATIONS.has(word) || /^(?:\p{L}\.)*\p{L}$/u.test(word))
}

/** Cuts a text at sentence ends and line ends; spans without white space at either end, in order, never empty. */
export function sentenceSpans(text: string): { start: number; end: number }[] {
  const spans: { start: number; end: number }[] = []
  let from = 0
  const add = (to: number) => {
    const raw = text.slice(from, to)
    const start = from + (raw.length - raw.trimStart().length)
    const end = from + raw.trimEnd().length
    if (end > start) spans.push({ start, end })
    from = to
  }
  for (const match of text.matchAll(END)) {
    const to = match.index + match[0].length
    const isStop = match[0].startsWith('.') && match[0].length === 1
    if (isStop && endsInAbbreviation(text.slice(Math.max(from, to - 12), to))) continue
    // A small letter goes on with the sentence; three dots of a pause do too.
    if (/^[.…]/.test(match[0]) && /^\s+\p{Ll}/u.test(text.slice(to, to + 3)) && match[0].length > 1) continue
    add(to)
  }
  add(text.length)
  return spans
}

/** The sentences of a reading's segments, in order. Segments are cut at sentence ends, so none is split by that. */
export function sentencesOf(
  reading: Pick<Reading, 'text' | 'segments'>,
  roles: readonly Segment['role'][],
): Sentence[] {
  return reading.segments
    .filter(({ role }) => roles.includes(role))
    .flatMap(({ index, start, end }) =>
      sentenceSpans(reading.text.slice(start, end)).map((span) => ({
        segment: index,
        start: start + span.start,
        end: start + span.end,
        text: reading.text.slice(start + span.start, start + span.end),
      })),
    )
}

/** Roles whose words count as the item's own content. */
export const CONTENT_ROLES: readonly Segment['role'][] = ['content', 'unknown']

/** At most `limit` characters of a sentence around an offset, cut at spaces; a verbatim slice. */
export function clipAround(text: string, at: number, limit: number): string {
  if (text.length <= limit) return text
  let start = Math.max(0, Math.min(at - Math.floor(limit / 2), text.length - limit))
  let end = Math.min(text.length, start + limit)
  if (start > 0) start = Math.max(start, text.indexOf(' ', start) + 1)
  if (end < text.length) end = Math.max(at, text.lastIndexOf(' ', end))
  return text.slice(start, end).trim()
}
