import { clipSpan } from '../../content/text/clip.ts'
import type { Segment } from '../../content/transcript/segments.ts'
import type { Reading } from '../reading/reading.ts'
import { sentencesIn } from '../reading/spoken-sentences.ts'

/** A sentence of a transcript: where it stands, UTF-16 offsets into the transcript's text. */
export interface Sentence {
  segment: number
  start: number
  end: number
  text: string
}

/** The sentences of a reading's segments, in order. Segments are cut at sentence ends, so none is split by that. */
export function sentencesOf(
  reading: Pick<Reading, 'text' | 'segments'>,
  roles: readonly Segment['role'][],
): Sentence[] {
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

/** Roles whose words count as the item's own content. */
export const CONTENT_ROLES: readonly Segment['role'][] = ['content', 'unknown']

/** At most `limit` characters of a sentence around an offset, cut between words; a verbatim slice. */
export function clipAround(text: string, at: number, limit: number): string {
  const { start, end } = clipSpan(text, { start: 0, end: text.length }, limit, at)
  return text.slice(start, end)
}
