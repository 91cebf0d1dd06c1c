import { z } from 'zod'

/** What a stretch of a transcript is for: `ad`, `intro` and `outro` carry no content labels. */
export const SegmentRole = z.enum(['content', 'ad', 'intro', 'outro', 'music', 'unknown'])
export type SegmentRole = z.infer<typeof SegmentRole>

/** Where a time comes from: written in the source, interpolated between two written ones, or not known. */
export const Timing = z.enum(['source', 'interpolated']).nullable()
export type Timing = z.infer<typeof Timing>

/** A numbered stretch of a transcript; `start`/`end` are UTF-16 offsets into the hashed text. */
export const Segment = z.strictObject({
  index: z.int().min(0),
  start: z.int().min(0),
  end: z.int().min(0),
  words: z.int().min(0),
  language: z.string().nullable(),
  role: SegmentRole,
  speaker: z.string().nullable(),
  startMs: z.int().min(0).nullable(),
  endMs: z.int().min(0).nullable(),
  timing: Timing,
})
export type Segment = z.infer<typeof Segment>

/**
 * A stretch of a transcript's text about which the source says something: who speaks, when. Marks are in text order and
 * do not overlap; the segmenter cuts between them and inside them.
 */
export interface TranscriptMark {
  start: number
  end: number
  speaker: string | null
  startMs: number | null
  endMs: number | null
}

/** A transcript ready for segmentation: one normalised text, what its source says about stretches of it, and what was noticed. */
export interface Transcript {
  text: string
  marks: TranscriptMark[]
  language: string | null
  /** Chapters that stand in the transcript itself (headings, chapter cues), by text offset, with a time where known. */
  headings: { title: string; start: number; startMs: number | null }[]
  /** What was repaired or ignored while reading, one sentence each, for people. */
  warnings: string[]
}
