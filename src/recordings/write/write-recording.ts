import { createHash } from 'node:crypto'
import { pipeline } from 'node:stream'
import { createGzip } from 'node:zlib'
import { firstMistake } from '../../content/validation/mistakes.ts'
import { checkRecording } from '../check-recording.ts'
import { RECORDING_LIMITS } from '../read/recording-limits.ts'
import type { Recording } from '../recording.ts'
import type { NamedBlobs } from '../recording-bodies.ts'
import { RecordingError } from '../recording-errors.ts'
import { Frame } from '../recording-format.ts'
import { countsOf, framesOf } from '../recording-frames.ts'
import { redactRecording } from './redact-recording.ts'

export interface WriteOptions {
  /** Leaves texts out. Shapes, lengths and hashes stay. */
  redact?: boolean
  /** The version of linernotes, for the header. */
  createdBy?: string
}

/** Lines are handed to the packer in pieces of about this size. */
const PIECE_BYTES = 64 * 1024

/**
 * A recording as the bytes of a file, piece by piece. The same recording has the same content, and so the same checksum.
 * @throws {RecordingError} at once, if the recording could not be read again: `incomplete`, `malformed`, `too-large`
 */
export function writeRecording(
  recording: Recording,
  { redact = false, createdBy = 'unknown' }: WriteOptions = {},
): AsyncIterable<Uint8Array> {
  const { depth } = RECORDING_LIMITS
  const whole = checkRecording(recording, depth)
  if (!redact) return pack(recording, whole, createdBy)
  const redacted = redactRecording(recording, whole)
  return pack(redacted, checkRecording(redacted, depth), createdBy)
}

/** Fails at the end if a reader would take the file for one that was made to fill the memory. */
async function* pack(recording: Recording, blobs: NamedBlobs, createdBy: string): AsyncGenerator<Uint8Array> {
  const { ratio, ratioFromBytes, unpackedBytes } = RECORDING_LIMITS
  let unpacked = 0
  let packed = 0
  function* counted(): Generator<Uint8Array> {
    for (const piece of pieces(recording, blobs, createdBy)) {
      unpacked += piece.length
      if (unpacked > unpackedBytes) throw tooLarge(`more than ${unpackedBytes} bytes`)
      yield piece
    }
  }
  for await (const chunk of gzip(counted())) {
    packed += chunk.length
    yield chunk
  }
  if (unpacked > ratioFromBytes && unpacked > packed * ratio)
    throw tooLarge(`text that repeats itself ${ratio} times over`)
}

/** Errors of the source are thrown where the result is iterated. */
async function* gzip(source: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const packer = createGzip()
  pipeline(source, packer, () => undefined)
  for await (const chunk of packer) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('gzip gives bytes')
    yield chunk
  }
}

function* pieces(recording: Recording, blobs: NamedBlobs, createdBy: string): Generator<Uint8Array> {
  const hash = createHash('sha256')
  let waiting: Buffer[] = []
  let size = 0
  for (const frame of framesOf(recording, blobs, createdBy)) {
    const line = lineOf(frame)
    hash.update(line)
    waiting.push(line)
    size += line.length
    if (size < PIECE_BYTES) continue
    yield Buffer.concat(waiting, size)
    waiting = []
    size = 0
  }
  const sha256 = `sha256:${hash.digest('hex')}`
  yield Buffer.concat([...waiting, lineOf({ frame: 'footer', counts: countsOf(recording, blobs), sha256 })])
}

/** A line that could not be read is not written. Its members are in the order of the schema. */
function lineOf(frame: object): Buffer {
  const checked = Frame.safeParse(frame)
  if (!checked.success) {
    throw new RecordingError('malformed', `the run does not fit into a recording: ${firstMistake(Frame, frame)}`, {
      cause: checked.error,
    })
  }
  const line = Buffer.from(`${JSON.stringify(checked.data)}\n`, 'utf8')
  if (line.length <= RECORDING_LIMITS.lineBytes) return line
  throw tooLarge(`a value of ${line.length} bytes, more than ${RECORDING_LIMITS.lineBytes}`)
}

function tooLarge(what: string): RecordingError {
  return new RecordingError('too-large', `the run holds ${what}, which no reader of recordings would take`)
}
