import type { Exchange } from './exchange.ts'
import { type Call, exchangeName } from './exchange.ts'

/** The present code makes a call that the recording does not contain. */
export class Diverged extends Error {
  override readonly name = 'Diverged'
  readonly call: Call
  /** The recorded call at the same position, if there is one. */
  readonly nearMiss: Exchange | undefined
  /** The request as the far side would see it. */
  readonly request: unknown
  constructor(call: Call, nearMiss: Exchange | undefined, request: unknown = null) {
    super(
      nearMiss
        ? `${exchangeName(call)} asks for something else than the recording`
        : `${exchangeName(call)} is not in the recording`,
    )
    this.call = call
    this.nearMiss = nearMiss
    this.request = request
  }
}

/** A budget does not allow the call. The refusal is recorded and served like an answer. */
export class Refused extends Error {
  override readonly name = 'Refused'
}

/**
 * The far side failed after the port's own retries. A live failure and one served from the ledger throw the same error, so that
 * live runs and replays see the same value.
 */
export class ExchangeFailed extends Error {
  override readonly name = 'ExchangeFailed'
  /** The class of the port's error, and its `kind` if it had one. */
  readonly error: string
  readonly kind: string | null
  readonly retries: { reason: string; waitedMs: number }[]
  constructor(
    message: string,
    error: string,
    kind: string | null,
    retries: ExchangeFailed['retries'],
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.error = error
    this.kind = kind
    this.retries = retries
  }
}

/** Errors that only the run itself may handle. Agents pass them on. */
export function isFatal(error: unknown): boolean {
  return error instanceof Error && FATAL.has(error.name)
}
const FATAL = new Set([
  'Diverged',
  'StaleAttempt',
  'LedgerUnavailable',
  'AbortError',
  'Cancelled',
  'Interrupted',
  'GraphInterrupt',
  'GraphBubbleUp',
])

/** The ledger cannot be written, or its contents cannot be read. No code may act on an answer that is not recorded. */
export class LedgerUnavailable extends Error {
  override readonly name = 'LedgerUnavailable'
}

/** The process is stopping. The run is not over: the next process that opens the folder resumes it. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
}

/** Whether a run only pauses here: this owner continues it later, or another owner continues it now. */
export function isInterruption(reason: unknown): boolean {
  return reason instanceof Error && (reason.name === 'Interrupted' || reason.name === 'StaleAttempt')
}

/** The run was cancelled: status `cancelled`, nothing published. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled'
}
