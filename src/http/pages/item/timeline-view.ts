import type { Risk } from '../../../content/labels/suitability-label.ts'
import type { Segment } from '../../../content/transcript/segments.ts'
import type { Understanding } from '../../../content/understanding-schema.ts'
import type { Place } from './label-places.ts'
import type { LabelView } from './labels-view.ts'
import { laneText, tickText } from './timeline-words.ts'

/** A part of the timeline. Its values are fractions of the whole, 0 to 1. */
interface Stretch {
  from: number
  to: number
}

/** One place of a label, or several that are so close together that they are drawn as one. */
export interface Tick extends Stretch {
  kind: Place['kind']
  href: string
  /** What it is, in words. */
  text: string
}

export interface Lane {
  facet: 'topics' | 'entities' | 'suitability'
  label: Pick<LabelView, 'id' | 'name'>
  risk: Risk | null
  /** How often and when, in words. */
  text: string
  ticks: Tick[]
}

export interface TimelineView {
  chapters: (Stretch & { number: number; title: string; startMs: number | null; href: string | null })[]
  lanes: Lane[]
  /** Lanes of further labels, which are folded away. */
  more: Lane[]
  /** What it spans: time, or the text if no times are known. */
  span: { durationMs: number } | { chars: number }
}

/** How many labels of a facet have lanes that are shown at once. */
const VISIBLE_LANES = { topics: 6, entities: 6, suitability: 11 } as const
/** Places closer than this fraction of the whole cannot be told apart. */
const INDISTINGUISHABLE_SHARE = 0.002

/** Chapters and places of labels over the whole duration. Null if nothing has a place. */
export function viewTimeline(
  { chapters, timeline, texts }: Pick<Understanding, 'chapters' | 'timeline' | 'texts'>,
  facets: readonly { facet: string; labels: readonly Pick<LabelView, 'id' | 'name' | 'risk' | 'places'>[] }[],
  segments: readonly Segment[],
): TimelineView | null {
  const ends = [
    ...segments.map(({ endMs }) => endMs),
    ...chapters.flatMap(({ startMs, endMs }) => [startMs, endMs]),
  ].filter((ms) => ms !== null)
  const durationMs = ends.length === 0 ? null : Math.max(timeline.durationMs ?? 0, ...ends)
  const chars = texts.transcript?.chars ?? 0
  const timed = durationMs !== null && durationMs > 0
  const whole = timed ? durationMs : chars
  if (whole === 0) return null
  const stretch = (from: number, to: number): Stretch => ({ from: clamp(from / whole), to: clamp(to / whole) })

  const bySegment = new Map(segments.map((segment) => [segment.index, segment]))
  const placed = chapters.flatMap((chapter, n) => {
    const from = timed ? chapter.startMs : bySegment.get(chapter.firstSegment ?? -1)?.start
    if (from === null || from === undefined) return []
    return [{ chapter, number: n + 1, from }]
  })
  const lanes = facets.flatMap(({ facet, labels }) => {
    if (facet !== 'topics' && facet !== 'entities' && facet !== 'suitability') return []
    return labels.flatMap(({ id, name, risk, places }): Lane[] => {
      const known = places.filter(({ startMs }) => !timed || startMs !== null)
      if (known.length === 0) return []
      const ticks = ticksOf(name, known, ({ startMs, endMs, start, end }) =>
        timed ? stretch(startMs ?? 0, endMs ?? startMs ?? 0) : stretch(start, end),
      )
      return [{ facet, label: { id, name }, risk, text: laneText(name, known), ticks }]
    })
  })
  if (placed.length === 0 && lanes.length === 0) return null
  const shown = (lane: Lane) =>
    lanes.filter(({ facet }) => facet === lane.facet).indexOf(lane) < VISIBLE_LANES[lane.facet]
  return {
    chapters: placed.map(({ chapter, number, from }, n) => ({
      ...stretch(from, (timed ? chapter.endMs : null) ?? placed[n + 1]?.from ?? whole),
      number,
      title: chapter.title,
      startMs: chapter.startMs,
      href: chapter.firstSegment === null ? null : `#chapter-${number}`,
    })),
    lanes: lanes.filter(shown),
    more: lanes.filter((lane) => !shown(lane)),
    span: timed ? { durationMs } : { chars },
  }
}

const clamp = (part: number) => Math.min(1, Math.max(0, part))

/** Each quote is its own tick. Mentions that are too close to be told apart are merged into one. */
function ticksOf(name: string, places: readonly Place[], stretch: (place: Place) => Stretch): Tick[] {
  const groups: Place[][] = []
  for (const place of places) {
    const group = groups.at(-1)
    const last = group?.at(-1)
    const close = last !== undefined && stretch(place).from - stretch(last).to < INDISTINGUISHABLE_SHARE
    if (group !== undefined && close && place.kind === 'said' && last?.kind === 'said') group.push(place)
    else groups.push([place])
  }
  return groups.flatMap((group) => {
    const [first, last] = [group[0], group.at(-1)]
    if (first === undefined || last === undefined) return []
    const text = tickText(name, group)
    return [{ kind: first.kind, href: `#${first.id}`, text, from: stretch(first).from, to: stretch(last).to }]
  })
}
