import { LRUCache } from 'lru-cache'
import { freeze } from '../../content/freeze.ts'
import type { Frame } from '../recording-format.ts'

/** Lines that were read before, byte for byte, and what they were found to be. */
export interface KnownLines {
  /** The line's frame, frozen; made by `parse` where this very line is not known. */
  get(bytes: Buffer, parse: () => Frame): Frame
}

/** Shorter lines are parsed in no time, and hold times, which differ. */
const LONG_BYTES = 512
/** How a line is looked up: its kind, and the hash that it is of. */
const HEAD_BYTES = 160

/**
 * Recordings of one item, and of one version of the code, share most of their bytes: transcripts, prompts, answers, segments,
 * vectors. A line that is byte for byte one that has been held against its schema is not held against it again.
 * @param mostBytes of lines that are kept at a time
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
      // A copy: the line is a part of a larger piece of the file, which would stay with it.
      known.set(head, { bytes: Buffer.from(bytes), frame })
      return frame
    },
  }
}
