export interface BackOff {
  firstMs: number
  longestMs: number
  /** A number from 0 to 1 for full jitter, so that clients that failed together do not retry together. Without it there is no jitter. */
  random?: () => number
}

/** The pause before the next attempt after a number of failures: it doubles each time, up to a maximum. */
export function pauseAfter(failures: number, { firstMs, longestMs, random = () => 1 }: BackOff): number {
  return Math.min(longestMs, firstMs * 2 ** Math.max(0, failures - 1)) * random()
}
