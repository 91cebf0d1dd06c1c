import { clipSpan } from '../../content/text/clip.ts'
import type { Segment } from '../../content/transcript/segments.ts'
import type { Reading } from '../reading/reading.ts'
import { sentencesIn } from '../reading/spoken-sentences.ts'

/** A sentence of a transcript, and where it stands. Offsets are UTF-16 units in the transcript's text. */
export interface SegmentSentence {
  segment: number
  start: number
  end: number
  text: string
}

/** The sentences of a reading's segments, in order. Segments end where sentences end, so this splits no sentence. */
export function sentencesOf(
  reading: Pick<Reading, 'text' | 'segments'>,
  roles: readonly Segment['role'][],
): SegmentSentence[] {
  return reading.segments
    .filter(({ role }) => roles.includes(role))
    .flatMap(({ index, start, end }) =>
      sentencesIn(reading.text, start, end).map((span) => ({
        segment: index,
        ...span,
        text: reading.text.slice(span.start, span.end),
      })),
    )
}

/** The roles of segments whose words count as the item's own content. */
export const CONTENT_ROLES: readonly Segment['role'][] = ['content', 'unknown']

/** A verbatim slice of a sentence around an offset. It has at most `limit` characters and is cut between words. */
export function clipAround(text: string, at: number, limit: number): string {
  const { start, end } = clipSpan(text, { start: 0, end: text.length }, limit, at)
  return text.slice(start, end)
}
