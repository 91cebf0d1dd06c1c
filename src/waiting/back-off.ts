export interface BackOff {
  firstMs: number
  longestMs: number
  /** From 0 to 1: full jitter, so that many who failed together do not come back together. No jitter without it. */
  random?: () => number
}

/** The pause before the next try of what has failed so often: twice as long each time, up to the longest. */
export function pauseAfter(failures: number, { firstMs, longestMs, random = () => 1 }: BackOff): number {
  return Math.min(longestMs, firstMs * 2 ** Math.max(0, failures - 1)) * random()
}
