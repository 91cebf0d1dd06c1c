import type { Timing, TranscriptMark } from './segments.ts'

export interface Moment {
  ms: number | null
  timing: Timing
}

/** The times of a transcript by offset: the source's own times at the ends of its marks, linear interpolation between them. */
export interface ClockLine {
  /** The time at which the text after this offset begins. */
  startsAt(offset: number): Moment
  /** The time at which the text before this offset ends. */
  endsAt(offset: number): Moment
}

interface Anchor {
  offset: number
  ms: number
}

const UNKNOWN: Moment = { ms: null, timing: null }

/** Skips marks whose times run backwards, so that the resulting times never do. */
export function clockLine(marks: readonly TranscriptMark[]): ClockLine {
  const anchors: Anchor[] = []
  const starts = new Map<number, number>()
  const ends = new Map<number, number>()
  let latest = 0
  for (const mark of marks) {
    if (mark.startMs !== null && mark.startMs >= latest) {
      latest = mark.startMs
      starts.set(mark.start, latest)
      anchors.push({ offset: mark.start, ms: latest })
    }
    if (mark.endMs !== null && mark.endMs >= latest) {
      latest = mark.endMs
      ends.set(mark.end, latest)
      anchors.push({ offset: mark.end, ms: latest })
    }
  }
  const between = (offset: number): Moment => {
    let low = 0
    let high = anchors.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((anchors[middle]?.offset ?? 0) <= offset) low = middle + 1
      else high = middle
    }
    const before = anchors[low - 1]
    const after = anchors[low]
    if (before === undefined || after === undefined) return UNKNOWN
    const share = (offset - before.offset) / (after.offset - before.offset)
    return { ms: Math.round(before.ms + share * (after.ms - before.ms)), timing: 'interpolated' }
  }
  const exact = (map: ReadonlyMap<number, number>, offset: number): Moment => {
    const ms = map.get(offset)
    return ms === undefined ? between(offset) : { ms, timing: 'source' }
  }
  return { startsAt: (offset) => exact(starts, offset), endsAt: (offset) => exact(ends, offset) }
}
