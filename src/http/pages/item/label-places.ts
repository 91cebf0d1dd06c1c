import type { Evidence } from '../../../content/evidence/evidence.ts'
import { mentionsOf } from '../../../content/text/fold-name.ts'
import type { Segment } from '../../../content/transcript/segments.ts'
import { type SpanTime, timeOfSpan } from '../../../content/transcript/span-time.ts'

/** A place in the transcript that belongs to a label. */
export interface Place extends SpanTime {
  /** Its address in the page. Equal places share it. */
  id: string
  /** `quoted`: the label rests on these words. `said`: its name is said here too, outside its quotes. */
  kind: 'quoted' | 'said'
  start: number
  end: number
  /** The quote, if the item's rights allow it to be shown. */
  quote: string | null
}

/** The transcript that places count in. */
export interface PlaceText {
  text: string
  segments: readonly Segment[]
}

/** The place of a piece of evidence in the page. */
export const placeId = ({ start, end }: Pick<Place, 'start' | 'end'>): string => `q-${start}-${end}`

/** All places of a label in the transcript, in order: its quotes, and every other place where one of its names is said. */
export function placesOf(
  evidence: readonly Evidence[],
  names: readonly string[],
  { text, segments }: PlaceText,
): Place[] {
  const places = new Map<string, Place>()
  for (const { source, start, end, startMs, endMs, timing, quote = null } of evidence)
    if (source === 'transcript') {
      const id = placeId({ start, end })
      places.set(id, { id, kind: 'quoted', start, end, startMs, endMs, timing, quote })
    }
  const quoted = [...places.values()]
  for (const { start, end } of mentionsOf(text, names)) {
    if (quoted.some((place) => place.start < end && place.end > start)) continue
    const id = placeId({ start, end })
    places.set(id, { id, kind: 'said', start, end, ...timeOfSpan(segments, start, end), quote: null })
  }
  return [...places.values()].sort((a, b) => a.start - b.start || b.end - a.end)
}
