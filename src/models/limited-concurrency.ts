import pLimit from 'p-limit'
import { untilAborted } from './retry.ts'

/** Runs at most `most` tasks at a time. An abort rejects at once, and a task that is still waiting never starts. */
export function createLimiter(most: number): <T>(task: () => Promise<T>, signal?: AbortSignal) => Promise<T> {
  const limit = pLimit(most)
  return (task, signal) => {
    const queued = limit(() => {
      signal?.throwIfAborted()
      return task()
    })
    return untilAborted(queued, signal)
  }
}
