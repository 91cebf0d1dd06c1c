import type { Exchange } from './exchange.ts'
import { type Call, exchangeName } from './exchange.ts'

/** The code of today asks for something that the recording does not hold. */
export class Diverged extends Error {
  override readonly name = 'Diverged'
  readonly call: Call
  /** What the recording holds at the same position, if anything. */
  readonly nearMiss: Exchange | undefined
  /** What is asked for, as the far side would see it. */
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

/** A budget does not allow the call. Recorded and served like an answer. */
export class Refused extends Error {
  override readonly name = 'Refused'
}

/**
 * The far side failed after the port's own retries. Thrown alike when it happens and when it is served from the ledger, so
 * that live and replay see the same value.
 */
export class ExchangeFailed extends Error {
  override readonly name = 'ExchangeFailed'
  /** Class of the error that the port threw, and its `kind` if it had one. */
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

/** Errors that no one but the run itself may handle: agents pass them on. */
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

/** The ledger cannot be written, or what it holds cannot be read: nothing acts on what is not written down. */
export class LedgerUnavailable extends Error {
  override readonly name = 'LedgerUnavailable'
}

/** The process is stopping: the run is not over, and whoever opens the folder next resumes it. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
}

/** Whether a run stops here only to be gone on with, by this owner later or by another one now. */
export function isInterruption(reason: unknown): boolean {
  return reason instanceof Error && (reason.name === 'Interrupted' || reason.name === 'StaleAttempt')
}

/** The run was cancelled: status `cancelled`, nothing published. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled'
}
