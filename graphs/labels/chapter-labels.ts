import type { Chapter } from '../../src/content/labels/chapter-label.ts'
import type { Origin } from '../../src/content/labels/label-type.ts'
import { sha256 } from '../../src/content/text/hash.ts'
import type { Reading } from '../../src/signals/reading/reading.ts'

/**
 * Makes chapters from their first segments, in order. The first one starts at the start of the item, and each lasts until the next. Times
 * are those of the segments. If several begin with the same segment, the last is kept. (A publisher's headings above the same words are
 * already one heading with all their titles.)
 */
export function chapterLabels(
  starts: readonly { title: string; firstSegment: number }[],
  { segments, text }: Pick<Reading, 'segments' | 'text'>,
  origin: Origin,
  durationMs: number | null,
): Chapter[] {
  const ordered = [...new Map(starts.map((start) => [start.firstSegment, start])).values()].sort(
    (a, b) => a.firstSegment - b.firstSegment,
  )
  return ordered.flatMap(({ title, firstSegment }, n) => {
    const from = n === 0 ? 0 : firstSegment
    const to = (ordered[n + 1]?.firstSegment ?? segments.length) - 1
    const first = segments[from]
    const last = segments[to]
    if (first === undefined || last === undefined) return []
    const next = segments[to + 1]
    return [
      {
        key: sha256(text.slice(first.start, first.end)),
        title,
        startMs: first.startMs,
        endMs: next === undefined ? (last.endMs ?? (first.startMs === null ? null : durationMs)) : next.startMs,
        timing: first.timing,
        firstSegment: from,
        lastSegment: to,
        origin,
      },
    ]
  })
}
