import type { Timing, TranscriptMark } from './segments.ts'

export interface SpanTime {
  startMs: number | null
  endMs: number | null
  timing: Timing
}

/**
 * The times at which a part of the text is spoken, from the marks that it touches. A boundary inside a mark is interpolated by
 * its position in the mark's text. If a mark lacks one of its times, the times inside it are unknown.
 */
export function timeOfSpan(marks: readonly TranscriptMark[], start: number, end: number): SpanTime {
  const touched = marks.filter((mark) => mark.start < end && mark.end > start)
  const first = touched[0]
  const last = touched.at(-1)
  if (first === undefined || last === undefined) return { startMs: null, endMs: null, timing: null }
  const from = timeAt(first, Math.max(start, first.start), 'start')
  const to = timeAt(last, Math.min(end, last.end), 'end')
  if (from === null) return { startMs: null, endMs: null, timing: null }
  const written = from.written && (to === null || to.written)
  return {
    startMs: from.ms,
    endMs: to === null ? null : Math.max(from.ms, to.ms),
    timing: written ? 'source' : 'interpolated',
  }
}

function timeAt(
  { start, end, startMs, endMs }: TranscriptMark,
  offset: number,
  edge: 'start' | 'end',
): { ms: number; written: boolean } | null {
  if (edge === 'start' && offset <= start) return startMs === null ? null : { ms: startMs, written: true }
  if (edge === 'end' && offset >= end) return endMs === null ? null : { ms: endMs, written: true }
  if (startMs === null || endMs === null || end <= start)
    return startMs === null ? null : { ms: startMs, written: false }
  return { ms: Math.round(startMs + ((offset - start) / (end - start)) * (endMs - startMs)), written: false }
}
