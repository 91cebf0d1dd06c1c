import { readFileSync, statSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { RecordingLimits } from './recording-limits.ts'

/** Packed bytes that are unpacked at once; recordings of ordinary items have a tenth of it. */
const MOST_PACKED = 1024 * 1024

/**
 * The unpacked bytes of an ordinary file, in one go: for some hundred kilobytes streams cost several times what they carry.
 * Null where it is not that ordinary: too large, cut off, changed, or no file. Whoever streams it finds out
 * what is wrong, and says so.
 */
export function wholeFile(path: string, { unpackedBytes, ratioFromBytes }: RecordingLimits): Buffer | null {
  try {
    const stats = statSync(path)
    if (!stats.isFile() || stats.size > MOST_PACKED) return null
    const packed = readFileSync(path)
    return packed.length > MOST_PACKED ? null : unpacked(packed, Math.min(unpackedBytes, ratioFromBytes))
  } catch {
    return null
  }
}

/** Null where there is something behind the packed stream. */
function unpacked(packed: Buffer, most: number): Buffer | null {
  // With `info` the engine comes along, which knows how much it has read; the types do not know that.
  const made: unknown = gunzipSync(packed, { maxOutputLength: most, chunkSize: CHUNK_BYTES, info: true })
  if (
    !has(made, 'buffer') ||
    !Buffer.isBuffer(made.buffer) ||
    !has(made, 'engine') ||
    !has(made.engine, 'bytesWritten')
  )
    return null
  const { buffer, engine } = made
  const isWhole = engine.bytesWritten === packed.length && packed.readUInt32LE(packed.length - 4) === buffer.length
  return isWhole ? buffer : null
}

/** Most recordings of short items are unpacked into one piece of this size. */
const CHUNK_BYTES = 512 * 1024

function has<Key extends string>(value: unknown, key: Key): value is Record<Key, unknown> {
  return typeof value === 'object' && value !== null && key in value
}
