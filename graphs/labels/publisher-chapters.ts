import type { PublisherChapter } from '../../src/content/item.ts'

/**
 * A publisher's chapters, bounded by their item. Chapters that begin at or after the item's end are left out, and ends after it become its
 * end. `notes` say what was changed. A duration of 0 means that it is not known.
 */
export function boundChapters(
  chapters: readonly PublisherChapter[],
  durationMs: number | null,
): { chapters: PublisherChapter[]; notes: string[] } {
  if (!durationMs) return { chapters: [...chapters], notes: [] }
  const withinDuration = chapters.filter(({ startMs }) => startMs === null || startMs < durationMs)
  const clipped = withinDuration.map((chapter) =>
    chapter.endMs !== undefined && chapter.endMs > durationMs ? { ...chapter, endMs: durationMs } : chapter,
  )
  const dropped = chapters.length - withinDuration.length
  const cut = withinDuration.filter(
    ({ startMs, endMs }) => startMs !== null && endMs !== undefined && endMs > durationMs,
  ).length
  const past = `past the item's duration of ${durationMs} ms`
  const notes: string[] = []
  if (dropped > 0)
    notes.push(`${dropped === 1 ? '1 chapter begins' : `${dropped} chapters begin`} at or ${past}: left out`)
  if (cut > 0) notes.push(`${cut === 1 ? '1 chapter ends' : `${cut} chapters end`} ${past}: cut off there`)
  return { chapters: clipped, notes: notes.map((note) => `the publisher's chapters: ${note}`) }
}

/** Sorted by time. A chapter without a time keeps its place after the one that it follows. `endMs` is null if nothing tells it. */
export function placeChapters(
  chapters: readonly PublisherChapter[],
  durationMs: number | null,
): { title: string; startMs: number | null; endMs: number | null }[] {
  let reached = 0
  const ordered = chapters
    .map((chapter) => {
      reached = chapter.startMs ?? reached
      return { chapter, at: reached }
    })
    .sort((a, b) => a.at - b.at)
    .map(({ chapter }) => chapter)
  let next = durationMs || null
  const ends: (number | null)[] = []
  for (const { startMs, endMs } of ordered.toReversed()) {
    const end = endMs ?? next
    ends.push(startMs === null || end === null || end < startMs ? null : end)
    next = startMs ?? next
  }
  ends.reverse()
  return ordered.map(({ title, startMs }, n) => ({ title, startMs, endMs: ends[n] ?? null }))
}
