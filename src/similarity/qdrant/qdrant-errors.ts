import { z } from 'zod'
import { messageOf } from '../../content/validation/error-message.ts'
import {
  MissingCollection,
  SimilarityError,
  SimilarityRefused,
  SimilarityUnauthorised,
  SimilarityUnavailable,
} from '../similarity-index.ts'

/**
 * The failure of a call, read from the shape of the client's error. Class names do not help: HTTP errors are instances of anonymous
 * classes named `Error`, whose message is the reason phrase. The useful text is in `data.status.error`.
 */
type QdrantFailure =
  | { kind: 'http'; status: number; text: string }
  | { kind: 'transport'; code: string; text: string }
  | { kind: 'timeout' }
  /** `text` is null if only the form of the answer was wrong, which the client and schemas describe in their own words. */
  | { kind: 'unintelligible'; text: string | null }

/** Reads the errors of `@qdrant/js-client-rest` 1.18. */
export function readFailure(error: unknown): QdrantFailure {
  const text = messageOf(error)
  const status = field(error, 'status')
  if (typeof status === 'number') return { kind: 'http', status, text: serverText(field(error, 'data')) }
  // A 429 with retry-after loses its status, and `retry_after` is the first character of the header (or the reason of another error).
  if (field(error, 'retry_after') !== undefined || /retryAfter/.test(text))
    return { kind: 'http', status: 429, text: '' }
  const code = field(field(error, 'cause'), 'code')
  if (error instanceof TypeError && /fetch failed|terminated/.test(text))
    return { kind: 'transport', code: typeof code === 'string' ? code : 'unknown', text: causeText(error) }
  if (/aborted/.test(text)) return { kind: 'timeout' }
  const isForm = error instanceof z.ZodError || /Result came uninitialized/.test(text)
  return { kind: 'unintelligible', text: isForm ? null : oneLine(text) }
}

// The server did not answer. We may send the request again, because all of our requests can be repeated (upserts and deletes by id).
const REPEATABLE = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'])

export function isRepeatable(failure: QdrantFailure): boolean {
  return failure.kind === 'transport' && REPEATABLE.has(failure.code)
}

/** Whether a call failed because the collection is missing. A 404 without a text means that the route is unknown. */
function isMissingCollection(failure: QdrantFailure): boolean {
  return failure.kind === 'http' && failure.status === 404 && /Collection/.test(failure.text)
}

/** Converts a failure to the port's error, with one line that says what to do. */
export function toSimilarityError(
  error: unknown,
  call: { doing: string; url: string; timeoutMs: number },
): SimilarityError {
  if (error instanceof SimilarityError) return error
  const failure = readFailure(error)
  const cause = { cause: error }
  const unavailable = (why: string) => new SimilarityUnavailable(`Qdrant at ${call.url} ${why} (${call.doing})`, cause)
  switch (failure.kind) {
    case 'transport':
      return unavailable(`cannot be reached: ${failure.text}; check QDRANT_URL and that the server runs`)
    case 'timeout':
      return unavailable(`did not answer within ${call.timeoutMs} ms; it may be overloaded, or the time-out too short`)
    case 'unintelligible':
      return unavailable(
        `answered something else than Qdrant does${failure.text === null ? '' : `: ${failure.text}`}; check that QDRANT_URL is a Qdrant, and no web page or proxy`,
      )
    case 'http':
      break
  }
  const { status, text } = failure
  const answer = `${status}${text === '' ? '' : `: ${text}`}`
  if (status === 401 || status === 403)
    return new SimilarityUnauthorised(
      `Qdrant at ${call.url} refused access (${call.doing}) with ${answer}; set QDRANT_API_KEY to a key that may read, write and create collections`,
      cause,
    )
  if (isMissingCollection(failure))
    return new MissingCollection(`a collection is missing (${call.doing}): ${text}`, cause)
  if (status === 404) return unavailable(`does not know this route; check that QDRANT_URL is a Qdrant of 1.10 or later`)
  if (status === 429)
    return unavailable(
      'limits the rate of requests; try again later, or raise its read_rate_limit and write_rate_limit',
    )
  if (status === 408 || status >= 500 || /Timeout error/.test(text)) return unavailable(`failed with ${answer}`)
  return new SimilarityRefused(`Qdrant at ${call.url} refused the request (${call.doing}) with ${answer}`, cause)
}

/** Reads `{"status": {"error": "…"}}` or plain text; empty for anything else, such as the page of a proxy. */
function serverText(data: unknown): string {
  const text = field(field(data, 'status'), 'error') ?? data
  return typeof text === 'string' && !text.trimStart().startsWith('<') ? oneLine(text) : ''
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, 300)
}

function causeText(error: Error): string {
  const { cause } = error
  if (!(cause instanceof Error)) return error.message
  const code = field(cause, 'code')
  return cause.message || (typeof code === 'string' ? code : error.message)
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && key in value ? Reflect.get(value, key) : undefined
}
