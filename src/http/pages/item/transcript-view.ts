import type { Chapter } from '../../../content/labels/chapter-label.ts'
import type { Segment } from '../../../content/transcript/segments.ts'
import type { LabelView } from './labels-view.ts'

/** A piece of text that the same labels point at. */
export interface Piece {
  text: string
  /** Ids of the labels that have a place here. */
  labels: readonly string[]
  /** Whether a label's evidence is here. False: only a name of a label is said here. */
  quoted: boolean
  /** Ids of the places that start with this piece. */
  anchors: readonly string[]
}

export interface SegmentView {
  index: number
  startMs: number | null
  /** The speaker, where it changes. */
  speaker: string | null
  role: Segment['role']
  pieces: Piece[]
}

/** What a browser may lay out at once: a chapter, or a number of segments. */
export interface SectionView {
  chapter: { number: number; title: string; startMs: number | null } | null
  segments: SegmentView[]
}

/** Segments in a section if no chapters are known. */
const STRETCH = 24

export interface TranscriptParts {
  text: string
  segments: readonly Segment[]
  chapters: readonly Chapter[]
  labels: readonly Pick<LabelView, 'id' | 'places'>[]
  /** False: places are shown without words, and only segments that labels point at. */
  words: boolean
}

/** A transcript in sections of segments. Each segment is cut where a label's place begins or ends. */
export function viewTranscript({ text, segments, chapters, labels, words }: TranscriptParts): SectionView[] {
  const marks = marksOf(labels)
  let speaker: string | null = null
  const views = segments.flatMap((segment): SegmentView[] => {
    const here = marks.filter((mark) => mark.start < segment.end && mark.end > segment.start)
    if (!words && here.length === 0) return []
    const named = segment.speaker === speaker ? null : segment.speaker
    speaker = segment.speaker
    const { index, startMs, role } = segment
    return [
      { index, startMs, role, speaker: named, pieces: words ? cut(text, segment, here) : offsetsOf(segment, here) },
    ]
  })
  return sectionsOf(views, chapters)
}

interface Mark {
  start: number
  end: number
  id: string
  labels: string[]
  quoted: boolean
}

/** The places of labels, in order. Equal ones are merged. */
function marksOf(labels: TranscriptParts['labels']): Mark[] {
  const marks = new Map<string, Mark>()
  for (const { id: label, places } of labels)
    for (const { id, kind, start, end } of places) {
      const mark = marks.get(id) ?? { start, end, id, labels: [], quoted: false }
      if (!mark.labels.includes(label)) mark.labels.push(label)
      mark.quoted ||= kind === 'quoted'
      marks.set(id, mark)
    }
  return [...marks.values()].sort((a, b) => a.start - b.start || b.end - a.end)
}

function cut(text: string, { start, end }: Segment, marks: readonly Mark[]): Piece[] {
  const clamped = (at: number) => Math.min(Math.max(at, start), end)
  const cuts = new Set([start, end, ...marks.flatMap((mark) => [clamped(mark.start), clamped(mark.end)])])
  const order = [...cuts].sort((a, b) => a - b)
  return order.slice(0, -1).map((from, n) => {
    const to = order[n + 1] ?? end
    const over = marks.filter((mark) => mark.start < to && mark.end > from)
    return {
      text: text.slice(from, to),
      labels: [...new Set(over.flatMap((mark) => mark.labels))],
      quoted: over.some((mark) => mark.quoted),
      anchors: over.filter((mark) => mark.start === from).map(({ id }) => id),
    }
  })
}

/** Where labels point, without the words. A place has its address where it starts. */
function offsetsOf(segment: Segment, marks: readonly Mark[]): Piece[] {
  return marks.map(({ start, end, id, labels, quoted }) => ({
    text: `characters ${start} to ${end}`,
    labels,
    quoted,
    anchors: start < segment.start ? [] : [id],
  }))
}

function sectionsOf(segments: readonly SegmentView[], chapters: readonly Chapter[]): SectionView[] {
  const starts = new Map(
    chapters.flatMap(({ firstSegment, title, startMs }, n) =>
      firstSegment === null ? [] : [[firstSegment, { number: n + 1, title, startMs }] as const],
    ),
  )
  const sections: SectionView[] = []
  let current: SectionView | undefined
  const pending = [...starts].sort(([a], [b]) => a - b)
  for (const segment of segments) {
    let chapter: SectionView['chapter'] = null
    while (pending[0] !== undefined && pending[0][0] <= segment.index) chapter = pending.shift()?.[1] ?? null
    if (current === undefined || chapter !== null || (starts.size === 0 && current.segments.length >= STRETCH)) {
      current = { chapter, segments: [] }
      sections.push(current)
    }
    current.segments.push(segment)
  }
  return sections
}
