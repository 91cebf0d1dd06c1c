import { setTimeout as wait } from 'node:timers/promises'
import { pauseAfter } from '../waiting/back-off.ts'
import { type ChatAnswer, ModelError } from './chat-model.ts'
import { type Failure, readFailure } from './openai/endpoint-failure.ts'

export type Retries = ChatAnswer['retries']

export interface RetryOptions {
  /** The maximum number of retries after the first call; default 4. */
  maxRetries?: number
  /** The time for one attempt; default 120,000 ms. */
  timeoutMs?: number
  /** The first wait of the exponential backoff; default 500 ms. */
  baseDelayMs?: number
  /** The longest wait; default 60,000 ms. A longer `Retry-After` counts as a failure. */
  maxDelayMs?: number
  /** Waits, and rejects when the signal aborts. Tests replace it. */
  sleep?: (ms: number, signal: AbortSignal | undefined) => Promise<void>
  random?: () => number
  now?: () => number
}

/** The called side, for messages: its name (`what`), the settings to check, and the secret that must never be shown. */
export interface FarSide {
  /** For example `gpt-5-mini at https://api.openai.com/v1`. */
  what: string
  /** The setting that holds the key, for example `OPENAI_API_KEY`. */
  keySetting: string
  /** The setting that holds the address. */
  urlSetting: string
  /** The setting that limits the size of a request, if there is one. */
  contextSetting?: string
  secret?: string
}

/**
 * Repeats a call until it succeeds. After a rate limit it waits as long as `Retry-After` says. After other temporary failures it
 * backs off exponentially with full jitter (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 *
 * The caller's abort ends attempts and waits at once, and rejects with the signal's reason.
 * @throws {ModelError} with the list of retries, when they are used up or the failure is permanent.
 */
export async function withRetries<T>(
  attempt: (signal: AbortSignal) => Promise<T>,
  farSide: FarSide,
  options: RetryOptions,
  signal?: AbortSignal,
): Promise<{ value: T; retries: Retries }> {
  const { maxRetries = 4, timeoutMs = 120_000, baseDelayMs = 500, maxDelayMs = 60_000 } = options
  const { sleep = sleepUntilAborted, random = Math.random, now = Date.now } = options
  const retries: Retries = []
  for (;;) {
    signal?.throwIfAborted()
    const outcome = await attemptOnce(attempt, timeoutMs, now, signal)
    if (outcome.ok) return { value: outcome.value, retries }
    const { failure, cause } = outcome
    const tooLong = (failure.retryAfterMs ?? 0) > maxDelayMs
    if (!failure.retryable || tooLong || retries.length >= maxRetries) {
      throw new ModelError(failure.kind, explain(failure, farSide, retries.length), retries, { cause })
    }
    const backOff = pauseAfter(retries.length + 1, { firstMs: baseDelayMs, longestMs: maxDelayMs, random })
    const waitedMs = Math.round(failure.retryAfterMs ?? backOff)
    await sleep(waitedMs, signal)
    retries.push({ reason: hideSecret(`${failure.kind}: ${failure.detail}`, farSide.secret), waitedMs })
  }
}

type Outcome<T> = { ok: true; value: T } | { ok: false; failure: Failure; cause: unknown }

async function attemptOnce<T>(
  attempt: (signal: AbortSignal) => Promise<T>,
  timeoutMs: number,
  now: () => number,
  signal: AbortSignal | undefined,
): Promise<Outcome<T>> {
  const controller = new AbortController()
  const onAbort = () => controller.abort(signal?.reason)
  signal?.addEventListener('abort', onAbort, { once: true })
  let timedOut = false
  const timer = setTimeout(() => {
    timedOut = true
    controller.abort(new Error('timed out'))
  }, timeoutMs)
  try {
    return { ok: true, value: await untilAborted(attempt(controller.signal), controller.signal) }
  } catch (cause) {
    if (signal?.aborted) throw signal.reason
    // The adapter itself has already reported the cause.
    if (cause instanceof ModelError) throw cause
    const failure: Failure = timedOut
      ? { kind: 'timeout', detail: `no answer within ${timeoutMs} ms`, retryable: true }
      : readFailure(cause, now())
    return { ok: false, failure, cause }
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', onAbort)
  }
}

/** Rejects as soon as the signal aborts, even if the promise ignores the signal. */
export function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason)
    if (signal.aborted) onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}

async function sleepUntilAborted(ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await wait(ms, undefined, signal ? { signal } : {})
  } catch (error) {
    signal?.throwIfAborted()
    throw error
  }
}

function explain(failure: Failure, farSide: FarSide, tried: number): string {
  const { what, keySetting, urlSetting, contextSetting, secret } = farSide
  const times = tried > 0 ? ` after ${tried + 1} tries` : ''
  const detail = hideSecret(failure.detail, secret).replace(/\.$/, '')
  switch (failure.kind) {
    case 'unreachable':
      return `${what} cannot be reached${times} (${detail}). Check ${urlSetting} and that the server runs.`
    case 'unauthorised':
      return `${what} refused the key (${detail}). Check ${keySetting}.`
    case 'rate_limited':
      return `${what} is rate limited${times} (${detail}). Try again later, lower the concurrency or raise the limit.`
    case 'timeout':
      return `${what} was too slow${times} (${detail}). Raise the time-out, lower the concurrency or use a faster model.`
    case 'server':
      return `${what} failed${times} (${detail}). Try again later.`
    case 'malformed':
      return `${what} gave an answer that cannot be read (${detail}). Check that ${urlSetting} is an OpenAI-compatible endpoint.`
    case 'bad_request':
      if (failure.tooLong && contextSetting !== undefined)
        return `${what} takes no request as long as this one (${detail}). Lower ${contextSetting} to what fits into the model.`
      return `${what} rejected the request (${detail}). Check the model's name and limits, and ${urlSetting}.`
    default:
      return failure.kind satisfies never
  }
}

/** A shorter key may occur in ordinary words: for servers without keys, users often set "x" or "none". */
const TELLING_LENGTH = 8

/**
 * Removes a key from a message. A long key is removed everywhere. A short key is removed only after `Bearer`, after `key:`, or in
 * quotation marks.
 */
function hideSecret(text: string, secret: string | undefined): string {
  if (!secret) return text
  if (secret.length >= TELLING_LENGTH) return text.replaceAll(secret, '…')
  const literal = secret.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  const named = new RegExp(
    `(\\bbearer\\s+|\\b(?:key|token)(?: provided)?\\s*[:=]\\s*)${literal}(?![\\p{L}\\p{N}_-])`,
    'giu',
  )
  const quoted = new RegExp(`(["'\`])${literal}\\1`, 'gu')
  return text
    .replace(named, (_, before: string) => `${before}…`)
    .replace(quoted, (_, quote: string) => `${quote}…${quote}`)
}
