import { exchangeKey, exchangeName, stepName } from '../ledger/exchange.ts'
import { readVectors } from './packed-vectors.ts'
import type { Recording } from './recording.ts'
import { type NamedBlobs, namedBlobs } from './recording-bodies.ts'
import { RecordingError } from './recording-errors.ts'
import { REDACTED } from './write/redact-value.ts'

/**
 * Checks what no single line shows: nothing is there twice, the lines agree with one another, and every blob that is named is there.
 * A recording is checked before it is written, and after it was read.
 * @throws {RecordingError} `malformed`, `incomplete`, `too-large`
 */
export function checkRecording(recording: Recording, depth: number): NamedBlobs {
  const { run, item, document, steps, exchanges, derived, redacted } = recording
  once('step', steps, stepName)
  once('exchange', exchanges, exchangeName)
  once('call', exchanges, (exchange) => exchangeKey(exchange).replaceAll('\n', ' '))
  once('derived value', derived, ({ textHash, kind, version }) => `${kind} of ${textHash} by ${version}`)
  for (const exchange of exchanges)
    if (exchange.requestHash !== exchange.request)
      throw malformed(`exchange ${exchangeName(exchange)} has two hashes of its request`)
  // A fork keeps the document that it made, and publishes nothing.
  const kept = recording.configuration.fork !== null && run.version === null
  if (!kept && (document?.version ?? null) !== run.version)
    throw malformed('the document is not the version that the run says it published')
  if (document !== null && document.item.id !== run.itemId)
    throw malformed(`the document is about item "${document.item.id}", the run about "${run.itemId}"`)
  if (item.id !== undefined && item.id !== run.itemId)
    throw malformed(`the item is "${item.id}", the run is about "${run.itemId}"`)
  if (!redacted) for (const { kind, value } of derived) if (kind === 'vectors') checkVectors(value)
  const blobs = namedBlobs(recording, depth)
  if (redacted)
    for (const [hash, text] of blobs.texts)
      if (!REDACTED.test(text)) throw malformed(`blob ${hash} has a text, though texts were left out`)
  return blobs
}

/** Tables of vectors that have been checked. They are frozen, and the recordings that were read share them. */
const whole = new WeakSet<object>()

function checkVectors(value: unknown): void {
  if (typeof value === 'object' && value !== null && whole.has(value)) return
  readVectors(value)
  if (typeof value === 'object' && value !== null && Object.isFrozen(value)) whole.add(value)
}

function once<Entry>(what: string, entries: readonly Entry[], nameOf: (entry: Entry) => string): void {
  const seen = new Set<string>()
  for (const entry of entries) {
    const name = nameOf(entry)
    if (seen.has(name)) throw malformed(`${what} ${name} is there twice`)
    seen.add(name)
  }
}

function malformed(what: string): RecordingError {
  return new RecordingError('malformed', what)
}
