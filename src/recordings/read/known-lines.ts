import { LRUCache } from 'lru-cache'
import { freeze } from '../../content/freeze.ts'
import type { Frame } from '../recording-format.ts'

/** Lines that were read before, and the frames that they became. */
export interface KnownLines {
  /** The frame of a line. It is made by `parse` if exactly this line is not known. A frame that is kept is frozen. */
  get(bytes: Buffer, parse: () => Frame): Frame
}

/** Shorter lines are parsed quickly. They hold times, which differ from run to run. */
const LONG_BYTES = 512
/** A line is looked up by this many of its first bytes. They hold its kind and its hash. */
const HEAD_BYTES = 160

/**
 * Recordings of one item that one version of the code has made share most of their bytes: transcripts, prompts, answers, segments,
 * vectors. A line with the same bytes as a line that was checked before is not checked again.
 * @param mostBytes how many bytes of lines are kept
 */
export function createKnownLines(mostBytes: number): KnownLines {
  const known = new LRUCache<string, { bytes: Buffer; frame: Frame }>({
    maxSize: mostBytes,
    sizeCalculation: ({ bytes }) => bytes.length,
  })
  return {
    get(bytes, parse) {
      if (bytes.length < LONG_BYTES) return parse()
      const head = bytes.toString('latin1', 0, HEAD_BYTES)
      const found = known.get(head)
      if (found?.bytes.equals(bytes)) return found.frame
      const frame = freeze(parse())
      // A copy, because the line is a part of a larger piece of the file, which would be kept with it.
      known.set(head, { bytes: Buffer.from(bytes), frame })
      return frame
    },
  }
}
