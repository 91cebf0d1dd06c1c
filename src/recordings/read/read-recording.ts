import { createHash, type Hash } from 'node:crypto'
import type { Sha256 } from '../../content/text/hash.ts'
import type { Recording } from '../recording.ts'
import { RecordingError } from '../recording-errors.ts'
import type { Frame, FrameOf } from '../recording-format.ts'
import { collectFrames } from './collect-frames.ts'
import { createKnownLines } from './known-lines.ts'
import { packedLines, truncated } from './packed-lines.ts'
import { parseLine } from './parse-line.ts'
import { RECORDING_LIMITS, type RecordingLimits } from './recording-limits.ts'

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
  const frames = collectFrames(all)
  const content = createHash('sha256')
  let number = 0
  let unpackedBytes = 0
  let sha256: Sha256 | null = null
  for await (const lines of packedLines(source, all))
    for (const line of lines) {
      number++
      const frame = frameOf(number, line, all)
      if (frame.frame === 'footer') sha256 = checkSum(frame, content)
      frames.add(number, frame)
      content.update(line)
      unpackedBytes += line.length
    }
  if (sha256 === null) throw truncated()
  return { ...frames.recording(), sha256, lines: number, unpackedBytes }
}

/** Of lines that were read before. */
const KEPT_BYTES = 32 * 1024 * 1024
const known = createKnownLines(KEPT_BYTES)

function frameOf(number: number, line: Buffer, { depth }: RecordingLimits): Frame {
  const parse = () => parseLine(number, line, depth)
  // What was read under other limits says nothing here; the first line has to say whose it is.
  return number === 1 || depth !== RECORDING_LIMITS.depth ? parse() : known.get(line, parse)
}

/** @param before the hash of all lines before the last one. */
function checkSum({ sha256 }: FrameOf<'footer'>, before: Hash): Sha256 {
  if (sha256 === `sha256:${before.copy().digest('hex')}`) return sha256
  throw new RecordingError(
    'tampered',
    'the recording was changed after it was written: its lines do not add up to the checksum in the last one; record the run again',
  )
}
