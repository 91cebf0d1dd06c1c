import { z } from 'zod'

/** The role of a part of a transcript: `ad`, `intro` and `outro` carry no content labels. */
export const SegmentRole = z.enum(['content', 'ad', 'intro', 'outro', 'music', 'unknown'])
export type SegmentRole = z.infer<typeof SegmentRole>

/** The origin of a time: written in the source, interpolated between two written times, or unknown. */
export const Timing = z.enum(['source', 'interpolated']).nullable()
export type Timing = z.infer<typeof Timing>

/**
 * The version of the segmenter. Increase this with every change of it that can move a boundary or change a role: segment numbers depend on
 * it. It stands here because who only names the version need not load the segmenter, whose language detector takes half a second.
 */
export const SEGMENTER_VERSION = 2

/** A numbered part of a transcript; `start`/`end` are UTF-16 offsets into the hashed text. */
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
 * A part of a transcript's text whose speaker or time the source gives. Marks are in text order and do not overlap; the
 * segmenter cuts between them and inside them.
 */
export interface TranscriptMark {
  start: number
  end: number
  speaker: string | null
  startMs: number | null
  endMs: number | null
}

/** A transcript ready for segmentation: one normalised text, the marks of its source, and warnings. */
export interface Transcript {
  text: string
  marks: TranscriptMark[]
  language: string | null
  /** Chapters from the transcript itself (headings, chapter cues), by text offset, with a time if it is known. */
  headings: { title: string; start: number; startMs: number | null }[]
  /** What was repaired or ignored while reading, one sentence each, for people. */
  warnings: string[]
}
