import { createHash } from 'node:crypto'

/**
 * One hash over any JSON-like value, made for large values that come again. The hash of an array is kept as long as the array lives. Rows
 * of numbers are hashed by their bytes. The order of object keys counts: another order gives another hash, which is only a missed match,
 * never a wrong one.
 */
export function argumentHash(values: readonly unknown[]): string {
  return digest(write(values))
}

const knownHashes = new WeakMap<readonly unknown[], string>()
const MIN_CACHED_LENGTH = 256

function write(value: unknown): string {
  if (typeof value === 'string')
    return value.length < MIN_CACHED_LENGTH ? JSON.stringify(value) : `s${value.length}:${digest(value)}`
  if (value === null || typeof value !== 'object') return String(value)
  if (Array.isArray(value)) return writeArray(value)
  return `{${Object.entries(value)
    .map(([key, entry]) => `${JSON.stringify(key)}:${write(entry)}`)
    .join(',')}}`
}

function writeArray(array: readonly unknown[]): string {
  const found = knownHashes.get(array)
  if (found !== undefined) return found
  const written = isNumbers(array)
    ? `n${digest(Buffer.from(Float64Array.from(array).buffer))}`
    : `[${digest(array.map(write).join(','))}]`
  knownHashes.set(array, written)
  return written
}

function isNumbers(array: readonly unknown[]): array is readonly number[] {
  return array.length > 0 && array.every((entry) => typeof entry === 'number')
}

function digest(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('base64')
}
