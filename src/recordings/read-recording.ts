import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { collectFrames } from './collect-frames.ts'
import { RecordingError } from './errors.ts'
import { RECORDING_LIMITS, type RecordingLimits } from './limits.ts'
import { packedLines, truncated } from './packed-lines.ts'
import { parseLine } from './parse-line.ts'
import type { Recording } from './recording.ts'

/** What a recording's file says of itself beside its content. */
export interface RecordingFile {
  recording: Recording
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
  const bytes = typeof source === 'string' ? createReadStream(source) : source
  const { lines, isOurs } = packedLines(bytes, all)
  const hash = createHash('sha256')
  const frames = collectFrames(all)
  let unpackedBytes = 0
  let count = 0
  for await (const { number, bytes } of lines) {
    count = number
    unpackedBytes += bytes.length + 1
    const frame = parseLine(number, bytes, all.depth)
    if (frame.frame === 'footer' && frame.sha256 !== `sha256:${hash.copy().digest('hex')}`)
      throw new RecordingError(
        'tampered',
        'the recording was changed after it was written: its lines do not add up to the checksum in the last one; record the run again',
      )
    hash.update(bytes).update('\n')
    frames.add(number, frame)
  }
  if (!frames.ended()) throw truncated()
  if (!isOurs())
    throw new RecordingError(
      'tampered',
      'the packed form of the recording is not the one that linernotes writes: it was packed again, or something was put behind it; record the run again',
    )
  const { recording, createdBy } = frames.recording()
  return { recording, createdBy, lines: count, unpackedBytes }
}
