import { pauseAfter } from '../waiting/back-off.ts'

/** Performs a task after a while, unless the returned function is called first. */
export type Timer = (ms: number, task: () => Promise<void>) => () => void

/** Does not keep the process running. */
export const unrefTimer: Timer = (ms, task) => {
  const timeout = setTimeout(() => void task(), ms).unref()
  return () => clearTimeout(timeout)
}

/** Decides when something that failed is tried again. */
export interface RetryTimer {
  /** A try begins, so no other is due meanwhile. */
  begin(): void
  /** The try succeeded. The next failure counts as the first one again. */
  succeeded(): void
  /** The try failed. The next one comes after a pause, twice as long as the one before. @returns the pause, in ms. */
  failed(): number
  /** There will be no further try. */
  stop(): void
}

const PAUSES = { firstMs: 1000, longestMs: 60_000 }

/** The timer calls `attempt`. It must not reject, and reports its result by `succeeded` or `failed`. */
export function createRetryTimer(attempt: () => Promise<void>, timer: Timer): RetryTimer {
  let failures = 0
  let cancel = () => {}
  return {
    begin: () => cancel(),
    succeeded() {
      failures = 0
    },
    failed() {
      failures += 1
      const pause = pauseAfter(failures, PAUSES)
      cancel()
      cancel = timer(pause, attempt)
      return pause
    },
    stop: () => cancel(),
  }
}
