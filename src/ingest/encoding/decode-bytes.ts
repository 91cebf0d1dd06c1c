import { TranscriptError } from '../transcripts/transcript-error.ts'
import { decodeWindows1252, repairUtf8 } from './utf8-repair.ts'

/** Ten hours of word-level JSON take less than 24 MiB; a larger file is not a transcript. */
export const MAX_TRANSCRIPT_BYTES = 32 * 1024 * 1024

const MAGIC: readonly (readonly [string, string])[] = [
  ['%PDF', 'a PDF document'],
  ['PK\x03\x04', 'a ZIP archive or Office document'],
  ['\x1f\x8b', 'a gzip file'],
  ['ID3', 'an MP3 file'],
  ['\x89PNG', 'a PNG image'],
  ['\xff\xd8\xff', 'a JPEG image'],
  ['OggS', 'an Ogg file'],
  ['RIFF', 'a WAV or AVI file'],
  ['fLaC', 'a FLAC file'],
]

function magicOf(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1')
  if (head.slice(4, 8) === 'ftyp') return 'an MP4 or M4A file'
  return MAGIC.find(([magic]) => head.startsWith(magic))?.[1] ?? null
}

/** Detects UTF-16 without a byte order mark: Latin text has a zero in every second byte. */
function bareUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const sample = bytes.subarray(0, 1024)
  if (sample.length < 4) return null
  const zeros = [0, 0]
  for (const [at, byte] of sample.entries()) if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1
  const half = sample.length / 2
  const [even = 0, odd = 0] = zeros
  if (odd > half * 0.7 && even < half * 0.1) return 'utf-16le'
  if (even > half * 0.7 && odd < half * 0.1) return 'utf-16be'
  return null
}

function encodingOf(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  return bareUtf16(bytes)
}

function assertText(text: string): void {
  let controls = 0
  const sample = text.slice(0, 100_000)
  for (let i = 0; i < sample.length; i++) {
    const code = sample.charCodeAt(i)
    if (code === 0 || (code < 32 && code !== 9 && code !== 10 && code !== 13 && code !== 12 && code !== 27)) controls++
  }
  if (controls > sample.length * 0.02) {
    throw new TranscriptError(
      'binary',
      'The file is binary, not text. Give a transcript as WebVTT, SRT, JSON, HTML, Markdown or plain text.',
    )
  }
}

/**
 * Decodes bytes to text. It tries byte order marks (UTF-8, UTF-16), UTF-16 without a mark, and UTF-8 even with invalid bytes.
 * Otherwise it assumes windows-1252, as a browser would.
 * @throws {TranscriptError} `empty`, `binary`, `too_large`
 */
export function decodeTranscript(input: Uint8Array | string): { text: string; warnings: string[] } {
  const size = input.length
  if (size > MAX_TRANSCRIPT_BYTES) {
    const mega = Math.round(size / 1024 / 1024)
    const limit = MAX_TRANSCRIPT_BYTES / 1024 / 1024
    throw new TranscriptError(
      'too_large',
      `The transcript has ${mega} MB; the limit is ${limit} MB. Is this the audio, or many episodes in one file?`,
    )
  }
  const warnings: string[] = []
  let text: string
  if (typeof input === 'string') {
    text = input
  } else {
    const magic = magicOf(input)
    if (magic !== null) {
      throw new TranscriptError(
        'binary',
        `The file is ${magic}, not a transcript. Give WebVTT, SRT, JSON, HTML, Markdown or plain text.`,
      )
    }
    const decoded = decodeBytes(input)
    text = decoded.text
    if (decoded.guessed) warnings.push('The text is not valid UTF-8 and was read as windows-1252.')
    if (decoded.repaired > 0) {
      const [places, were] = decoded.repaired === 1 ? ['1 place', 'was'] : [`${decoded.repaired} places`, 'were']
      warnings.push(
        `${places} of the text ${were} not valid UTF-8 and ${were} mended: bytes were read as windows-1252, half characters became \uFFFD.`,
      )
    }
    if (decoded.damaged) warnings.push('The text has bytes that its encoding does not know; each became \uFFFD.')
  }
  if (text.charCodeAt(0) === 0xfeff) text = text.slice(1)
  if (text.trim() === '') {
    throw new TranscriptError('empty', 'The transcript is empty. Give a file with text, or leave the transcript out.')
  }
  assertText(text)
  return { text: text.replace(/\r\n?|[\u0085\u2028\u2029\v\f]/g, '\n'), warnings }
}

/**
 * Decodes bytes to text. `guessed`: hardly any of them are UTF-8, so windows-1252 was assumed, as a browser would. `repaired`:
 * the number of places at which UTF-8 had to be repaired. `damaged`: the bytes name their encoding but are not valid in it.
 */
export function decodeBytes(bytes: Uint8Array): { text: string; guessed: boolean; repaired: number; damaged: boolean } {
  const named = encodingOf(bytes)
  const encoding = named ?? 'utf-8'
  const sound = { guessed: false, repaired: 0, damaged: false }
  try {
    return { ...sound, text: new TextDecoder(encoding, { fatal: true }).decode(bytes) }
  } catch {
    if (named !== null) return { ...sound, text: new TextDecoder(encoding).decode(bytes), damaged: true }
    const mended = repairUtf8(bytes)
    return mended === null ? { ...sound, text: decodeWindows1252(bytes), guessed: true } : { ...sound, ...mended }
  }
}
