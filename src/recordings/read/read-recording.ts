import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { Sha256 } from '../../content/text/hash.ts'
import type { Recording } from '../recording.ts'
import { RecordingError } from '../recording-errors.ts'
import { collectFrames } from './collect-frames.ts'
import { createKnownLines } from './known-lines.ts'
import { linesOf } from './lines-of.ts'
import { packedLines, truncated } from './packed-lines.ts'
import { parseLine } from './parse-line.ts'
import { RECORDING_LIMITS, type RecordingLimits } from './recording-limits.ts'
import { wholeFile } from './unpacked-file.ts'

/** What a recording's file says of itself beside its content. */
export interface RecordingFile {
  recording: Recording
  /** The checksum of its content, which stands in the last line. It identifies the recording, however the file is packed. */
  sha256: Sha256
  /** Version of linernotes that wrote it. */
  createdBy: string
  lines: number
  unpackedBytes: number
}

/**
 * Reads a recording from a file or any bytes. Nothing in it is trusted: every line is held against its schema, every blob
 * against its hash, the whole against the checksum in the last line, and no more is unpacked than `limits` allow.
 *
 * @param source path of a file, or its bytes.
 * @throws {RecordingError} all kinds but `redacted`, `unfinished`, `incomplete`
 */
export async function readRecording(
  source: string | AsyncIterable<Uint8Array>,
  limits: Partial<RecordingLimits> = {},
): Promise<Recording> {
  return (await readRecordingFile(source, limits)).recording
}

/** Like {@link readRecording}, with what the file says of itself. */
export async function readRecordingFile(
  source: string | AsyncIterable<Uint8Array>,
  limits: Partial<RecordingLimits> = {},
): Promise<RecordingFile> {
  const all = { ...RECORDING_LIMITS, ...limits }
  return (typeof source === 'string' ? readWhole(source, all) : null) ?? readStream(source, all)
}

/** An ordinary file in one go; null where streaming it has to tell what is wrong with it. */
function readWhole(path: string, limits: RecordingLimits): RecordingFile | null {
  const unpacked = wholeFile(path, limits)
  const lines = unpacked === null ? null : linesOf(unpacked, limits)
  if (unpacked === null || lines === null) return null
  const reader = readLines(limits)
  for (const [at, bytes] of lines.entries()) {
    const before = unpacked.subarray(0, bytes.byteOffset - unpacked.byteOffset)
    reader.take(at + 1, bytes, () => createHash('sha256').update(before).digest('hex'))
  }
  return reader.end(true)
}

async function readStream(source: string | AsyncIterable<Uint8Array>, limits: RecordingLimits): Promise<RecordingFile> {
  const { lines, isWhole } = packedLines(typeof source === 'string' ? createReadStream(source) : source, limits)
  const hash = createHash('sha256')
  const reader = readLines(limits)
  for await (const { number, bytes } of lines) {
    reader.take(number, bytes, () => hash.copy().digest('hex'))
    hash.update(bytes).update('\n')
  }
  return reader.end(isWhole())
}

/** Of lines that were read before. */
const KEPT_BYTES = 32 * 1024 * 1024
const known = createKnownLines(KEPT_BYTES)

/** Takes lines in their order, each with the checksum of those before it, and makes the recording of them. */
function readLines(limits: RecordingLimits): {
  take(number: number, bytes: Buffer, sumBefore: () => string): void
  end(isWhole: boolean): RecordingFile
} {
  const { depth } = limits
  const frames = collectFrames(limits)
  let unpackedBytes = 0
  let count = 0
  let sha256: Sha256 | null = null
  return {
    take(number, bytes, sumBefore) {
      count = number
      unpackedBytes += bytes.length + 1
      const parse = () => parseLine(number, bytes, depth)
      // What was read under other limits says nothing here; the first line has to say whose it is.
      const frame = number === 1 || depth !== RECORDING_LIMITS.depth ? parse() : known.get(bytes, parse)
      if (frame.frame === 'footer') {
        sha256 = frame.sha256
        if (sha256 !== `sha256:${sumBefore()}`)
          throw new RecordingError(
            'tampered',
            'the recording was changed after it was written: its lines do not add up to the checksum in the last one; record the run again',
          )
      }
      frames.add(number, frame)
    },
    end(isWhole) {
      if (sha256 === null) throw truncated()
      if (!isWhole)
        throw new RecordingError(
          'tampered',
          'the packed data of the recording is not one piece: something was put behind it, or it was packed in several pieces; pack it again as one, or record the run again',
        )
      const { recording, createdBy } = frames.recording()
      return { recording, sha256, createdBy, lines: count, unpackedBytes }
    },
  }
}
