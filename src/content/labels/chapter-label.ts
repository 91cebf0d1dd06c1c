import { z } from 'zod'
import { Timing } from '../transcript/segments.ts'
import { entriesIn, findEntry, type LabelType, Origin } from './label-type.ts'

const milliseconds = z.int().min(0).nullable()
const segment = z.int().min(0).nullable()

/**
 * A titled part of the item. Its key is the hash of the text of its first segment. Without a transcript the key is the hash of
 * time and title, and the segments are null.
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

/** A chapter has no quotes: the text that it covers is its evidence. */
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
  // Nobody searches for items by the title of a chapter.
  row: () => null,
  publish: (labels) => ({ chapters: [...labels] }),
  published: ({ chapters }) => chapters.map((value, n) => ({ pointer: `/chapters/${n}`, fields: value, value })),
  inAnswer(answer, label) {
    if (label.firstSegment !== 0) return findEntry(answer, 'chapters', (entry) => chapterLabel.isOffered(entry, label))
    // The first chapter begins at the start of the item, even if the model set a later start.
    const earliest = Math.min(...entriesIn(answer, 'chapters').map(startOf))
    return Number.isFinite(earliest) ? findEntry(answer, 'chapters', (entry) => startOf(entry) === earliest) : null
  },
  isOffered: (candidate, { firstSegment }) => startOf(candidate) === firstSegment,
}
