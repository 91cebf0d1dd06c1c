import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { RecordingError } from '../recording-errors.ts'
import { FIRST_BYTES } from '../recording-format.ts'
import { HEADER_BYTES, type RecordingLimits } from './recording-limits.ts'

/** One line as it stands in the file, without its end. */
export interface Line {
  /** Counted from 1. */
  number: number
  bytes: Buffer
}

export interface PackedLines {
  lines: AsyncIterable<Line>
  /** Says after the last line whether the file is one gzip member with nothing behind it. */
  isWhole(): boolean
}

/** How a gzip file begins (RFC 1952). */
const GZIP_MAGIC = Buffer.from([0x1f, 0x8b])
const NEWLINE = 0x0a
/** Unpacked at a time. */
const UNPACKED_BYTES = 128 * 1024
const TAIL = 8

/**
 * The lines of a gzip file, unpacked as they are asked for and never further than the limits allow.
 * @throws {RecordingError} while the lines are read: `not-a-recording`, `truncated`, `tampered`, `too-large`
 */
export function packedLines(source: AsyncIterable<Uint8Array>, limits: RecordingLimits): PackedLines {
  let packed = 0
  let unpacked = 0
  let consumed = 0
  let head = Buffer.alloc(0)
  let tail = Buffer.alloc(0)

  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      packed += chunk.byteLength
      if (head.length < GZIP_MAGIC.length) head = Buffer.concat([head, chunk]).subarray(0, GZIP_MAGIC.length)
      if (!head.equals(GZIP_MAGIC.subarray(0, head.length)))
        throw new RecordingError('not-a-recording', 'this is no recording: it is not packed with gzip')
      tail = Buffer.concat([tail, chunk.subarray(-TAIL)]).subarray(-TAIL)
      yield chunk
    }
    if (packed === 0) throw new RecordingError('truncated', 'the file is empty; copy or record it again')
  }

  async function* chunks(): AsyncGenerator<Buffer> {
    const gunzip = createGunzip({ chunkSize: UNPACKED_BYTES })
    // Its errors are those of iterating over what comes out of it.
    pipeline(counted, gunzip, () => undefined)
    try {
      for await (const chunk of gunzip) {
        if (!Buffer.isBuffer(chunk)) throw new TypeError('gunzip gives bytes')
        unpacked += chunk.length
        checkSize(unpacked, packed, limits)
        yield chunk
      }
      consumed = gunzip.bytesWritten
    } catch (error) {
      throw explain(error)
    }
  }

  async function* lines(): AsyncGenerator<Line> {
    let pieces: Buffer[] = []
    let length = 0
    let number = 1
    const grow = (piece: Buffer) => {
      pieces.push(piece)
      length += piece.length
      if (number === 1 && length > HEADER_BYTES) throw notARecording()
      if (length > limits.lineBytes)
        throw new RecordingError(
          'too-large',
          `line ${number} of the recording is longer than ${limits.lineBytes} bytes, which is more than is read`,
        )
    }
    for await (const chunk of chunks()) {
      let start = 0
      for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
        grow(chunk.subarray(start, end))
        if (number > limits.lines)
          throw new RecordingError('too-large', `the recording has more than ${limits.lines} lines, more than are read`)
        yield { number, bytes: pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces, length) }
        pieces = []
        length = 0
        number++
        start = end + 1
      }
      if (start < chunk.length) grow(chunk.subarray(start))
    }
    if (length === 0) return
    if (number === 1 && !isBeginning(Buffer.concat(pieces, length))) throw notARecording()
    throw truncated()
  }

  return {
    lines: lines(),
    // The last four bytes are the unpacked size: another packed stream behind the first one has another.
    isWhole: () => consumed === packed && tail.length === TAIL && tail.readUInt32LE(TAIL - 4) === unpacked % 2 ** 32,
  }
}

function checkSize(unpacked: number, packed: number, limits: RecordingLimits): void {
  if (unpacked > limits.unpackedBytes)
    throw new RecordingError(
      'too-large',
      `the recording unpacks to more than ${limits.unpackedBytes} bytes, which is more than is read`,
    )
  if (unpacked > limits.ratioFromBytes && unpacked > packed * limits.ratio)
    throw new RecordingError(
      'too-large',
      `the recording unpacks to more than ${limits.ratio} times its size; that is how files are made that fill memories, so it is not read any further`,
    )
}

/** Whether a first line without an end may become one. */
const isBeginning = (line: Buffer): boolean => FIRST_BYTES.startsWith(line.subarray(0, FIRST_BYTES.length).toString())

export function notARecording(cause?: unknown): RecordingError {
  return new RecordingError(
    'not-a-recording',
    'this is no recording: its first line is none of one; make one with `linernotes record`',
    { cause },
  )
}

export function truncated(): RecordingError {
  return new RecordingError('truncated', 'the end of the recording is missing; copy or record it again')
}

function explain(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error
  if (error.code === 'Z_BUF_ERROR') return truncated()
  if (typeof error.code === 'string' && error.code.startsWith('Z_'))
    return new RecordingError(
      'tampered',
      'the recording is damaged: it cannot be unpacked as it was packed; copy or record it again',
      { cause: error },
    )
  if (error.code === 'ENOENT') return new RecordingError('unreadable', 'there is no such file', { cause: error })
  return new RecordingError('unreadable', `the recording cannot be read: ${error.message}`, { cause: error })
}
