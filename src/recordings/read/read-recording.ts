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

/** A recording with what its file says of itself. */
export interface RecordingFile {
  recording: Recording
  /** The checksum of its content, which stands in the last line. It identifies the recording, however the file is packed. */
  sha256: Sha256
  /** The version of linernotes that wrote it. */
  createdBy: string
  lines: number
  unpackedBytes: number
}

/**
 * Reads a recording from a file or from bytes. Nothing in it is trusted: every line is checked against its schema, every blob
 * against its hash, and the whole against the checksum in the last line. No more is unpacked than `limits` allow.
 *
 * @param source path of a file, or its bytes.
 * @throws {RecordingError} all kinds except `redacted`, `no-such-run`, `unfinished`, `incomplete`
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

/** How much is kept of lines that were read before. */
const KEPT_BYTES = 32 * 1024 * 1024
const known = createKnownLines(KEPT_BYTES)

function frameOf(number: number, line: Buffer, { depth }: RecordingLimits): Frame {
  const parse = () => parseLine(number, line, depth)
  // A line that was read under other limits may break these. The first line has to be asked who wrote it.
  return number === 1 || depth !== RECORDING_LIMITS.depth ? parse() : known.get(line, parse)
}

/** @param before the hash over all lines before the last one */
function checkSum({ sha256 }: FrameOf<'footer'>, before: Hash): Sha256 {
  if (sha256 === `sha256:${before.copy().digest('hex')}`) return sha256
  throw new RecordingError(
    'tampered',
    'the recording was changed after it was written: its lines do not match the checksum in the last one; record the run again',
  )
}
