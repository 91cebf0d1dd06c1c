import { closeSync, openSync, readSync } from 'node:fs'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { RecordingError } from '../recording-errors.ts'
import { FIRST_BYTES } from '../recording-format.ts'
import { HEADER_BYTES, type RecordingLimits } from './recording-limits.ts'

/** How a gzip file begins (RFC 1952). */
const GZIP_MAGIC = Buffer.from([0x1f, 0x8b])
/** The length of the unpacked data, at the end of a gzip member. */
const LENGTH_BYTES = 4
const NEWLINE = 0x0a
const READ_BYTES = 64 * 1024
/** Most recordings of short items are unpacked in one piece of this size. For each piece this thread waits for another one. */
const UNPACKED_BYTES = 512 * 1024

/**
 * The lines of a gzip file with their line ends, as many at a time as one piece of the file holds. The file is unpacked while it is read,
 * and never further than the limits allow.
 *
 * @param source path of a file, or its bytes.
 * @throws {RecordingError} while the lines are read: `unreadable`, `not-a-recording`, `truncated`, `tampered`, `too-large`
 */
export async function* packedLines(
  source: string | AsyncIterable<Uint8Array>,
  limits: RecordingLimits,
): AsyncGenerator<readonly Buffer[]> {
  let number = 1
  let begun: Buffer[] = []
  let length = 0
  const grow = (piece: Buffer) => {
    begun.push(piece)
    length += piece.length
    if (number === 1 && length > HEADER_BYTES) throw notARecording()
    if (length > limits.lineBytes)
      throw new RecordingError(
        'too-large',
        `line ${number} of the recording is longer than ${limits.lineBytes} bytes, which is more than is read`,
      )
  }
  for await (const chunk of unpacked(source, limits)) {
    const lines: Buffer[] = []
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      grow(chunk.subarray(start, end + 1))
      if (number > limits.lines)
        throw new RecordingError(
          'too-large',
          `the recording has more than ${limits.lines} lines, which is more than is read`,
        )
      lines.push(begun.length === 1 && begun[0] ? begun[0] : Buffer.concat(begun, length))
      begun = []
      length = 0
      number++
      start = end + 1
    }
    if (start < chunk.length) grow(chunk.subarray(start))
    yield lines
  }
  if (length === 0) return
  if (number === 1 && !isBeginning(Buffer.concat(begun, length))) throw notARecording()
  throw truncated()
}

/** The content of a file that is one gzip member with nothing behind it. */
async function* unpacked(source: string | AsyncIterable<Uint8Array>, limits: RecordingLimits): AsyncGenerator<Buffer> {
  let packedBytes = 0
  let unpackedBytes = 0
  let head = Buffer.alloc(0)
  let tail = Buffer.alloc(0)

  async function* packed(): AsyncGenerator<Uint8Array> {
    for await (const chunk of typeof source === 'string' ? bytesOf(source) : source) {
      packedBytes += chunk.byteLength
      if (head.length < GZIP_MAGIC.length) head = Buffer.concat([head, chunk]).subarray(0, GZIP_MAGIC.length)
      if (!head.equals(GZIP_MAGIC.subarray(0, head.length)))
        throw new RecordingError('not-a-recording', 'this is not a recording: it is not packed with gzip')
      tail = Buffer.concat([tail, chunk.subarray(-LENGTH_BYTES)]).subarray(-LENGTH_BYTES)
      yield chunk
    }
    if (packedBytes === 0) throw new RecordingError('truncated', 'the file is empty; copy or record it again')
  }

  const gunzip = createGunzip({ chunkSize: UNPACKED_BYTES })
  // Its errors are thrown where its output is iterated.
  pipeline(packed, gunzip, () => undefined)
  try {
    for await (const chunk of gunzip) {
      if (!Buffer.isBuffer(chunk)) throw new TypeError('gunzip gives bytes')
      unpackedBytes += chunk.length
      checkSize(unpackedBytes, packedBytes, limits)
      yield chunk
    }
  } catch (error) {
    throw explain(error)
  }
  // Gunzip reads several members as one, but the length at the end of the file is that of the last member alone.
  if (gunzip.bytesWritten !== packedBytes || tail.readUInt32LE() !== unpackedBytes % 2 ** 32)
    throw new RecordingError(
      'tampered',
      'the packed data of the recording is not one piece: something was put behind it, or it was packed in several pieces; pack it again as one, or record the run again',
    )
}

/** The bytes of a file, read on demand. They are read on this thread, because waiting for another one takes longer than reading. */
function* bytesOf(path: string): Generator<Uint8Array> {
  const file = openSync(path, 'r')
  try {
    for (;;) {
      const chunk = Buffer.allocUnsafe(READ_BYTES)
      const length = readSync(file, chunk)
      if (length === 0) return
      yield chunk.subarray(0, length)
    }
  } finally {
    closeSync(file)
  }
}

function checkSize(unpackedBytes: number, packedBytes: number, limits: RecordingLimits): void {
  if (unpackedBytes > limits.unpackedBytes)
    throw new RecordingError(
      'too-large',
      `the recording unpacks to more than ${limits.unpackedBytes} bytes, which is more than is read`,
    )
  if (unpackedBytes > limits.ratioFromBytes && unpackedBytes > packedBytes * limits.ratio)
    throw new RecordingError(
      'too-large',
      `the recording unpacks to more than ${limits.ratio} times its size; a file that is made to fill the memory does so, and it is not read any further`,
    )
}

/** Whether a first line that was cut off may be the beginning of a recording. */
const isBeginning = (line: Buffer): boolean => FIRST_BYTES.startsWith(line.subarray(0, FIRST_BYTES.length).toString())

export function notARecording(cause?: unknown): RecordingError {
  return new RecordingError(
    'not-a-recording',
    'this is not a recording: its first line does not belong to one; make one with `linernotes record`',
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
    return new RecordingError('tampered', 'the recording is damaged and cannot be unpacked; copy or record it again', {
      cause: error,
    })
  if (error.code === 'ENOENT') return new RecordingError('unreadable', 'there is no such file', { cause: error })
  return new RecordingError('unreadable', `the recording cannot be read: ${error.message}`, { cause: error })
}
