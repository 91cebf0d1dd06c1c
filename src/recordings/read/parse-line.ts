import { isDeeperThan } from '../../content/validation/json-depth.ts'
import { firstMistake } from '../../content/validation/mistakes.ts'
import { RecordingError } from '../recording-errors.ts'
import { Claim, FORMAT_PREFIX, FORMAT_VERSION, Frame, PRODUCT } from '../recording-format.ts'
import { notARecording } from './packed-lines.ts'

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Parses a line into a frame that fits its schema. The first line is asked first which product and version wrote it.
 * @throws {RecordingError} `malformed`, `too-large`; of the first line `not-a-recording`, `other-product`, `newer-version`
 */
export function parseLine(number: number, bytes: Buffer, depth: number): Frame {
  const value = parse(number, bytes, depth)
  if (number === 1) checkClaim(value)
  const checked = Frame.safeParse(value)
  if (checked.success) return checked.data
  throw malformed(number, `does not fit the format: ${firstMistake(Frame, value)}`, checked.error)
}

function parse(number: number, bytes: Buffer, depth: number): unknown {
  try {
    const text = decoder.decode(bytes)
    if (!isDeeperThan(depth, text)) return JSON.parse(text)
  } catch (cause) {
    if (number === 1) throw notARecording(cause)
    throw malformed(number, 'is not JSON', cause)
  }
  if (number === 1) throw notARecording()
  throw new RecordingError('too-large', `line ${number} of the recording is nested more than ${depth} levels deep`)
}

/** Checks which product the file belongs to, and which version. */
function checkClaim(value: unknown): void {
  const claim = Claim.safeParse(value)
  if (!claim.success) throw notARecording(claim.error)
  const { product, format } = claim.data
  if (product !== PRODUCT)
    throw new RecordingError(
      'other-product',
      `this is a file of ${JSON.stringify(product.slice(0, 100))}, not a recording of ${PRODUCT}; make one with \`linernotes record\``,
    )
  const version = format.startsWith(FORMAT_PREFIX) ? format.slice(FORMAT_PREFIX.length) : ''
  if (!/^[1-9]\d{0,8}$/.test(version)) throw notARecording()
  if (Number(version) > FORMAT_VERSION)
    throw new RecordingError(
      'newer-version',
      `the recording has format version ${version}, and this linernotes reads up to ${FORMAT_VERSION}; update linernotes`,
    )
}

function malformed(number: number, what: string, cause: unknown): RecordingError {
  return new RecordingError(
    'malformed',
    `line ${number} of the recording ${what}; it was changed, or not written by linernotes; record the run again`,
    { cause },
  )
}
