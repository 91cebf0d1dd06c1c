import { clip } from '../src/content/text/clip.ts'
import type { Segment } from '../src/content/transcript/segments.ts'
import type { Reading } from '../src/signals/reading/reading.ts'

/** A segment's words in the form that tools show: one line, at most `max` UTF-16 units. */
export function segmentText({ text }: Pick<Reading, 'text'>, { start, end }: Segment, max: number): string {
  return clip(text.slice(start, end).replace(/\s+/g, ' ').trim(), max)
}

/** The message for a segment that does not exist. */
export function noSuchSegment(segment: number, segments: readonly Segment[]): string {
  if (segments.length === 0)
    return 'This item has no transcript. Use the title and the description; read_metadata shows what else is declared.'
  return `There is no segment ${segment}: they are numbered 0 to ${segments.length - 1}.`
}
