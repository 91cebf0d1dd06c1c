import { sha256 } from '../../content/text/hash.ts'
import type { Vocabulary } from './redaction-vocabulary.ts'

/** What replaces a string that is left out: its length in UTF-16 units. */
export const REDACTED = /^\[redacted: \d+(?: numbers)?\]$/

/** A list of more numbers than this is a vector. Texts can be guessed from vectors. */
const MOST_NUMBERS = 32

const HASH = /^sha256:[0-9a-f]{64}$/
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** The id of an item that was given without one. */
const DERIVED_ID = /^i_[a-z2-7]{52}$/
const CALL = /^t\d{1,6}$/
const DATE = /^\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d))?$/
const LANGUAGE = /^(?:any|[a-z]{2,3}(?:-(?:[A-Z]{2}|[A-Z][a-z]{3}|\d{3})){0,2})$/
const MEDIA_TYPE =
  /^(?:text|audio|video|image|application)\/(?:plain|html|markdown|vtt|srt|x-subrip|json|x-json|ld\+json|json\+chapters|xml|mpeg|mp3|mp4|m4a|x-m4a|aac|ogg|opus|wav|flac|webm|jpeg|png|webp|octet-stream)$/

/** Replaces a string by its length. A string that was left out before stays as it is. */
export function redactText(text: string): string {
  return text === '' || REDACTED.test(text) ? text : `[redacted: ${text.length}]`
}

/** Replaces the id of an item by its hash, because it may be a title in disguise. Ids that say nothing stay. */
export function redactId(id: string): string {
  return HASH.test(id) || UUID.test(id) || DERIVED_ID.test(id) ? id : sha256(id)
}

/** Replaces an address by one that leads nowhere and holds the length of the original. */
export function redactUrl(url: string): string {
  return /^https:\/\/redacted\.invalid\/\d+$/.test(url) ? url : `https://redacted.invalid/${url.length}`
}

/**
 * Keeps the shape of a JSON value, its numbers, its hashes, and the strings and names that the vocabulary knows. Everything else is
 * left out.
 */
export function redactValue(value: unknown, vocabulary: Vocabulary, key = ''): unknown {
  if (typeof value === 'string') return isKept(value, key, vocabulary) ? value : redactString(value, key)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    if (value.length > MOST_NUMBERS && value.every((entry) => typeof entry === 'number'))
      return `[redacted: ${value.length} numbers]`
    return value.map((entry) => redactValue(entry, vocabulary, key))
  }
  return redactMembers(value, vocabulary)
}

/** {@link redactValue} of an object's members. */
export function redactMembers(value: object, vocabulary: Vocabulary): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([name, entry], at) => [
      isName(name, vocabulary) ? name : `[redacted ${at}]`,
      redactValue(entry, vocabulary, name),
    ]),
  )
}

const isName = (name: string, { keys }: Vocabulary): boolean =>
  keys.has(name) || HASH.test(name) || /^(?:\d{1,6}|\[redacted \d+\])$/.test(name)

function redactString(text: string, key: string): string {
  if (key === 'itemId' || key === 'duplicateOf') return redactId(text)
  return /^(?:url|chaptersUrl|audioUrl)$/.test(key) ? redactUrl(text) : redactText(text)
}

function isKept(text: string, key: string, { keys, values }: Vocabulary): boolean {
  if (HASH.test(text) || UUID.test(text) || values.get(key)?.has(text)) return true
  switch (key) {
    case 'publishedAt':
      return DATE.test(text)
    case 'language':
    case 'languages':
      return LANGUAGE.test(text)
    case 'type':
    case 'contentType':
    case 'accept':
      return MEDIA_TYPE.test(text)
    case 'id':
    case 'callId':
      return CALL.test(text)
    case 'pointer':
      return text.split('/').every((part) => part === '' || /^\d{1,6}$/.test(part) || keys.has(part))
    default:
      return false
  }
}
