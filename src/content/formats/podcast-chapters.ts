import type { Understanding } from '../understanding-schema.ts'

/** A chapters file of the podcast namespace: https://github.com/Podcastindex-org/podcast-namespace, chapters/jsonChapters.md. */
export interface PodcastChapters {
  version: '1.2.0'
  title?: string
  podcastName?: string
  /** Seconds from the start of the media file, three decimals; in order. */
  chapters: { startTime: number; endTime?: number; title: string }[]
}

/** The chapters of an understanding as Podcasting 2.0 JSON, `application/json+chapters`. The format cannot hold chapters without a time. */
export function toPodcastChapters({ item, chapters }: Understanding): PodcastChapters {
  const timed = chapters.flatMap(({ startMs, endMs, title }) =>
    startMs === null
      ? []
      : [{ startTime: startMs / 1000, ...(endMs !== null && endMs > startMs && { endTime: endMs / 1000 }), title }],
  )
  return {
    version: '1.2.0',
    ...(item.title && { title: item.title }),
    ...(item.parent?.title && { podcastName: item.parent.title }),
    chapters: timed.sort((a, b) => a.startTime - b.startTime),
  }
}
