import { z } from 'zod'
import type { PublisherChapter } from '../content/item.ts'
import { normalise } from '../content/text/text.ts'
import { decodeBytes } from './encoding/decode-bytes.ts'
import { secondsToMs } from './transcripts/clock-times.ts'
import { parseBoundedJson } from './transcripts/json-transcript.ts'
import { TranscriptError } from './transcripts/transcript-error.ts'

const MAX_TITLE = 1000
const MAX_CHAPTERS = 5000
const MAX_CHAPTERS_BYTES = 4 * 1024 * 1024

const Chapter = z.object({
  startTime: z.union([z.number(), z.string()]),
  endTime: z.union([z.number(), z.string()]).optional().catch(undefined),
  title: z.string(),
  toc: z.boolean().optional().catch(undefined),
})
const Document = z.object({ chapters: z.array(z.unknown()) })

export class ChaptersError extends Error {
  override readonly name = 'ChaptersError'
}

function parse(input: Uint8Array | string): unknown {
  if (input.length > MAX_CHAPTERS_BYTES)
    throw new ChaptersError('The chapters file is larger than 4 MB; it is no list of chapters.')
  const text = typeof input === 'string' ? input : decodeBytes(input).text
  if (text.trim() === '') throw new ChaptersError('The chapters file is empty.')
  try {
    return parseBoundedJson(text)
  } catch (error) {
    if (!(error instanceof TranscriptError)) throw error
    throw new ChaptersError(`The chapters cannot be read: ${error.message}`, { cause: error })
  }
}

/**
 * Reads Podcasting 2.0 chapters JSON, in order of time. It leaves out entries without a title or a time, and entries hidden
 * from the table of contents (`"toc": false`, a change of picture).
 * @see https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/chapters/jsonChapters.md
 * @throws {ChaptersError} if the text is not such a document.
 */
export function readChapters(input: Uint8Array | string): PublisherChapter[] {
  const document = Document.safeParse(parse(input))
  if (!document.success) {
    throw new ChaptersError(
      'The chapters cannot be read: expected {"version": "1.2.0", "chapters": [{"startTime": 0, "title": "…"}]}.',
    )
  }
  const chapters = document.data.chapters.flatMap((entry) => {
    const chapter = Chapter.safeParse(entry)
    if (!chapter.success || chapter.data.toc === false) return []
    const title = titleOf(chapter.data.title)
    const startMs = secondsToMs(chapter.data.startTime)
    if (title === '' || startMs === null) return []
    const endMs = secondsToMs(chapter.data.endTime)
    return [{ startMs, title, ...(endMs !== null && endMs > startMs ? { endMs } : {}) }]
  })
  return chapters.sort((a, b) => a.startMs - b.startMs).slice(0, MAX_CHAPTERS)
}

/** Cuts by characters, so that no surrogate pair is split. */
function titleOf(raw: string): string {
  const title = normalise(raw).replace(/\n+/g, ' ')
  return title.length <= MAX_TITLE
    ? title
    : normalise(
        title
          .slice(0, MAX_TITLE - 1)
          .toWellFormed()
          .replace(/\uFFFD$/, ''),
      )
}
