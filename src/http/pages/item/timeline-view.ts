import type { Segment } from '../../../content/transcript/segments.ts'
import type { Risk, Understanding } from '../../../content/understanding-schema.ts'
import { type LabelView, quoteId } from './labels-view.ts'

/** A stretch of the timeline in parts of its whole, 0 to 1. */
interface Stretch {
  from: number
  to: number
}

export interface Lane {
  facet: 'topics' | 'entities' | 'suitability'
  label: Pick<LabelView, 'id' | 'name'>
  risk: Risk | null
  ticks: (Stretch & { href: string })[]
}

export interface TimelineView {
  chapters: (Stretch & { number: number; title: string; startMs: number | null; href: string | null })[]
  lanes: Lane[]
  /** What it spans: time, or the text where no times are known. */
  span: { durationMs: number } | { chars: number }
}

/** Labels of a facet that get a lane. */
const MOST = { topics: 6, entities: 6, suitability: 11 } as const

/** Chapters, and where labels have their evidence, over the whole duration; null where nothing has a place. */
export function viewTimeline(
  { chapters, timeline, texts }: Pick<Understanding, 'chapters' | 'timeline' | 'texts'>,
  facets: readonly { facet: string; labels: readonly LabelView[] }[],
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
  const lanes = facets.flatMap(({ facet, labels }): Lane[] =>
    facet === 'topics' || facet === 'entities' || facet === 'suitability'
      ? labels.slice(0, MOST[facet]).map(({ id, name, risk, evidence }) => ({
          facet,
          label: { id, name },
          risk,
          ticks: evidence.flatMap((piece) => {
            if (piece.source !== 'transcript') return []
            const [from, to] = timed ? [piece.startMs, piece.endMs] : [piece.start, piece.end]
            return from === null ? [] : [{ ...stretch(from, to ?? from), href: `#${quoteId(piece)}` }]
          }),
        }))
      : [],
  )
  const told = lanes.filter(({ ticks }) => ticks.length > 0)
  if (placed.length === 0 && told.length === 0) return null
  return {
    chapters: placed.map(({ chapter, number, from }, n) => ({
      ...stretch(from, (timed ? chapter.endMs : null) ?? placed[n + 1]?.from ?? whole),
      number,
      title: chapter.title,
      startMs: chapter.startMs,
      href: chapter.firstSegment === null ? null : `#chapter-${number}`,
    })),
    lanes: told,
    span: timed ? { durationMs } : { chars },
  }
}

const clamp = (part: number) => Math.min(1, Math.max(0, part))
