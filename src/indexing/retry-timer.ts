import { pauseAfter } from '../waiting/back-off.ts'

/** Performs a task after a while, unless the function that it returns is called before. */
export type Timer = (ms: number, task: () => Promise<void>) => () => void

/** Does not keep the process running. */
export const unrefTimer: Timer = (ms, task) => {
  const timeout = setTimeout(() => void task(), ms).unref()
  return () => clearTimeout(timeout)
}

/** When something that failed is tried again. */
export interface Tries {
  /** A try begins: none other is due meanwhile. */
  begin(): void
  /** It succeeded: the next failure is the first one again. */
  succeeded(): void
  /** It failed: the next try comes after a pause, twice as long as the one before. @returns the pause, in ms. */
  failed(): number
  /** There is no further try. */
  stop(): void
}

const PAUSES = { firstMs: 1000, longestMs: 60_000 }

/** `attempt` is what the timer calls; it must not reject, and says by `succeeded` or `failed` how it went. */
export function createTries(attempt: () => Promise<void>, timer: Timer): Tries {
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
