import { LRUCache } from 'lru-cache'
import type { Sha256 } from '../content/text/hash.ts'
import { TextHash } from '../content/text/text.ts'
import { isDeeperThan } from '../content/validation/json-depth.ts'
import type { RecordedRun } from '../ledger/recorded-run.ts'
import { RecordingError } from './recording-errors.ts'

/** The blobs that a run names: bodies of steps and exchanges, and the long strings that were lifted out of these. */
export interface NamedBlobs {
  bodies: ReadonlyMap<Sha256, string>
  texts: ReadonlyMap<Sha256, string>
}

/**
 * Follows every hash from the steps and exchanges to its blob, and reads the bodies.
 * @throws {RecordingError} `incomplete` if a blob is missing, `too-large` if a body is nested more than `depth` levels deep,
 *   `malformed` if a body is not JSON or holds a number that is not finite.
 */
export function namedBlobs({ steps, exchanges, blob }: RecordedRun, depth: number): NamedBlobs {
  const bodies = new Map<Sha256, string>()
  const texts = new Map<Sha256, string>()
  const read = (hash: Sha256, namedBy: string): string => {
    const text = blob(hash)
    if (text !== undefined) return text
    throw new RecordingError('incomplete', `blob ${hash}, which ${namedBy} names, is missing`)
  }
  for (const { node, visit, update } of steps)
    if (update !== null && !bodies.has(update)) bodies.set(update, read(update, `step ${node}.${visit}`))
  for (const { node, visit, kind, n, request, response } of exchanges)
    for (const hash of [request, response])
      if (!bodies.has(hash)) bodies.set(hash, read(hash, `exchange ${node}.${visit}.${kind}.${n}`))
  for (const [hash, json] of bodies)
    for (const lifted of liftedFrom(json, hash, depth))
      if (!bodies.has(lifted) && !texts.has(lifted)) texts.set(lifted, read(lifted, `blob ${hash}`))
  return { bodies, texts }
}

// Inside a JSON string, a quote has a backslash in front. So these never match inside a string.
const REFERENCE = /\{"\$blob":"(sha256:[0-9a-f]{64})"\}/g
const REFERENCE_KEY = /"\$blob"\s*:/g
/** `1e999` is valid JSON, but becomes an infinite number. */
const MAYBE_INFINITE = /\d[eE]\+?\d{3,}\s*(?:[,\]}]|$)|\d{300}/

/** The hashes of the strings that were lifted out of a body. */
function liftedFrom(json: string, hash: Sha256, depth: number): ReadonlySet<Sha256> {
  if (isDeeperThan(depth, json))
    throw new RecordingError('too-large', `blob ${hash} is nested more than ${depth} levels deep`)
  const { lifted, wrong, cause } = examined.memo(json)
  if (wrong !== null) throw new RecordingError('malformed', `blob ${hash} ${wrong}`, { cause })
  return lifted
}

interface Examined {
  lifted: ReadonlySet<Sha256>
  /** What is wrong with the body. Null if nothing is. */
  wrong: string | null
  cause?: unknown
}

/** What was found in the bodies that were examined last. Recordings of one item share most of them. */
const examined = new LRUCache<string, Examined>({
  maxSize: 16 * 1024 * 1024,
  sizeCalculation: (_, json) => json.length + 1,
  memoMethod: (json) => examine(json),
})

/** Examines a body that is not nested too deeply. */
function examine(json: string): Examined {
  const lifted = new Set<Sha256>()
  try {
    const value: unknown = JSON.parse(json)
    if (MAYBE_INFINITE.test(json) && !allFinite(value)) return { lifted, wrong: 'holds a number that is not finite' }
  } catch (cause) {
    return { lifted, wrong: 'is not JSON', cause }
  }
  let found = 0
  for (const [, named] of json.matchAll(REFERENCE)) {
    found++
    lifted.add(TextHash.parse(named))
  }
  const all = Array.from(json.matchAll(REFERENCE_KEY)).length
  return { lifted, wrong: found === all ? null : 'names another blob in a way that the format does not know' }
}

/** Whether all numbers in a value are finite. */
function allFinite(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value)
  return typeof value !== 'object' || value === null || Object.values(value).every(allFinite)
}
