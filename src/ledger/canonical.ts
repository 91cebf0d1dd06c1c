import { type Sha256, sha256 } from '../content/text/hash.ts'
import type { Blob } from './blob.ts'

/** Strings of this many UTF-16 units or more are lifted out of the request and become blobs, which are stored once. */
export const LIFT_AT = 512

export interface Canonical {
  /** RFC 8785 JSON with long strings lifted out. */
  json: string
  hash: Sha256
  /** The lifted strings and the JSON itself. */
  blobs: Blob[]
}

/**
 * The canonical form of a request or of any JSON value: sorted keys, `undefined` dropped, lone surrogates replaced, strings
 * of {@link LIFT_AT} units or more replaced by `{"$blob":"sha256:…"}`. A key in the value that begins with `$blob` gets one
 * more `$`, so that nothing in a user's JSON is read as a blob.
 *
 * @param blobOf makes a blob of a long string; pass {@link rememberBlobs} if many values share the same strings.
 */
export function canonical(value: unknown, blobOf: (text: string) => Blob = toBlob): Canonical {
  const blobs: Blob[] = []
  const json = write(value, blobs, blobOf) ?? 'null'
  const hash = sha256(json)
  blobs.push({ hash, text: json })
  return { json, hash, blobs }
}

function toBlob(text: string): Blob {
  return { hash: sha256(text), text: text.toWellFormed() }
}

/** Reads and hashes each long string once: every request of every agent contains the transcript, which may be an hour long. */
export function rememberBlobs(): (text: string) => Blob {
  const known = new Map<string, Blob>()
  return (text) => {
    const found = known.get(text)
    if (found !== undefined) return found
    const blob = toBlob(text)
    known.set(text, blob)
    return blob
  }
}

const constants = new WeakMap<object, string>()

/** Freezes a JSON value that many requests share, such as a tool's schema, so that its canonical form is written only once. */
export function constant<Value extends object>(value: Value): Value {
  freeze(value)
  const { json, blobs } = canonical(value)
  // A value with lifted strings has to report their blobs each time, so it is not remembered.
  if (blobs.length === 1) constants.set(value, json)
  return value
}

function freeze(value: unknown): void {
  if (value === null || typeof value !== 'object') return
  for (const entry of Object.values(value)) freeze(entry)
  Object.freeze(value)
}

/** Strings that JSON holds unchanged: no control character, quote, backslash or surrogate. */
const PLAIN = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/

/** Writes RFC 8785 in one pass; undefined for values that JSON cannot express. Numbers and strings are those of `JSON.stringify`. */
function write(value: unknown, blobs: Blob[], blobOf: (text: string) => Blob): string | undefined {
  if (typeof value === 'string') {
    if (value.length < LIFT_AT) return PLAIN.test(value) ? `"${value}"` : JSON.stringify(value.toWellFormed())
    const blob = blobOf(value)
    blobs.push(blob)
    return `{"$blob":"${blob.hash}"}`
  }
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`${value} is no JSON value`)
  if (!isObject(value)) return JSON.stringify(value)
  const written = constants.get(value)
  if (written !== undefined) return written
  let json = ''
  if (Array.isArray(value)) {
    for (const entry of value) json += `${json === '' ? '' : ','}${write(entry, blobs, blobOf) ?? 'null'}`
    return `[${json}]`
  }
  for (const key of sortedKeys(value)) {
    const written = write(value[key.own], blobs, blobOf)
    if (written !== undefined) json += `${json === '' ? '' : ','}${key.json}:${written}`
  }
  return `{${json}}`
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object'

/** A key in three forms: as in its object, for sorting, and as written. */
interface Key {
  own: string
  name: string
  json: string
}

/** Orders keys by UTF-16 code units, as RFC 8785 requires and as `<` compares strings. */
function sortedKeys(value: object): Key[] {
  const own = Object.keys(value).map(keyOf)
  const isSorted = own.every(({ name }, at) => at === 0 || (own[at - 1]?.name ?? '') <= name)
  return isSorted ? own : own.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}

const MOST_KEYS = 2000
/** Remembers the keys of our own requests and updates, because all of them have the same keys. */
const keys = new Map<string, Key>()

function keyOf(own: string): Key {
  const known = keys.get(own)
  if (known !== undefined) return known
  const name = escapeKey(own)
  const made = { own, name, json: JSON.stringify(name) }
  if (keys.size < MOST_KEYS) keys.set(own, made)
  return made
}

const escapeKey = (key: string): string => (/^\$+blob$/.test(key) ? `$${key}` : key).toWellFormed()
const unescapeKey = (key: string): string => (/^\$\$+blob$/.test(key) ? key.slice(1) : key)

/** The hashes of the strings that were lifted out of a canonical JSON. */
export function liftedHashes(json: string): Sha256[] {
  const found = new Set<Sha256>()
  walk(JSON.parse(json), (hash) => found.add(hash))
  return [...found]
}

/** Restores the value of a canonical JSON; a blob that `read` does not have stays `{"$blob": …}`. */
export function expand(json: string, read: (hash: Sha256) => string | undefined): unknown {
  const value: unknown = JSON.parse(json)
  // Both blobs and escaped keys contain this; most values have neither.
  return json.includes('$blob"') ? walk(value, read) : value
}

function walk(value: unknown, read: (hash: Sha256) => unknown): unknown {
  if (Array.isArray(value)) return value.map((entry) => walk(entry, read))
  if (value === null || typeof value !== 'object') return value
  if (isBlobRef(value)) return read(value.$blob) ?? value
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [unescapeKey(key), walk(entry, read)]))
}

function isBlobRef(value: object): value is { $blob: Sha256 } {
  return '$blob' in value && typeof value.$blob === 'string' && Object.keys(value).length === 1
}
