import { z } from 'zod'
import { Timing } from '../transcript/segments.ts'
import { entriesIn, findEntry, type LabelType, Origin } from './label-type.ts'

const milliseconds = z.int().min(0).nullable()
const segment = z.int().min(0).nullable()

/**
 * A stretch of the item with a title. Its key is the hash of the text of its first segment, or of time and title where there is no
 * transcript: the segments are null then.
 */
export const Chapter = z
  .strictObject({
    key: z.string(),
    title: z.string(),
    startMs: milliseconds,
    endMs: milliseconds,
    timing: Timing,
    firstSegment: segment,
    lastSegment: segment,
    origin: Origin,
  })
  .meta({ id: 'Chapter' })
export type Chapter = z.infer<typeof Chapter>

const Starts = z.object({ firstSegment: z.number() })
const startOf = (entry: unknown): number => Starts.safeParse(entry).data?.firstSegment ?? Number.POSITIVE_INFINITY

/** A chapter has no quotes: what it covers is its support. */
export const chapterLabel: LabelType<Chapter, Chapter, { chapters: Chapter[] }> = {
  facet: 'chapters',
  title: 'Chapters',
  draft: Chapter,
  objected: 'not-asked',
  pointer: (_, index) => `/chapters/${index}`,
  words: ({ title }) => title,
  name: ({ title }) => title,
  shown: ({ title }) => ({ name: title, detail: '', spokenAs: [] }),
  claim: ({ title }) => title,
  isDoubtful: () => false,
  // Nobody looks for items by the title of a chapter.
  row: () => null,
  publish: (labels) => ({ chapters: [...labels] }),
  published: ({ chapters }) => chapters.map((value, n) => ({ pointer: `/chapters/${n}`, said: value, value })),
  inAnswer(answer, label) {
    if (label.firstSegment !== 0) return findEntry(answer, 'chapters', (entry) => chapterLabel.isOffered(entry, label))
    // The first chapter begins where the item does, wherever the model let it begin.
    const earliest = Math.min(...entriesIn(answer, 'chapters').map(startOf))
    return Number.isFinite(earliest) ? findEntry(answer, 'chapters', (entry) => startOf(entry) === earliest) : null
  },
  isOffered: (candidate, { firstSegment }) => startOf(candidate) === firstSegment,
}
