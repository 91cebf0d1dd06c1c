import { LRUCache } from 'lru-cache'

/**
 * Caches the most recently used answers by key. Callers that request the same key at the same time share the work.
 *
 * An abort affects only its own caller. The work itself is aborted when no caller waits for it any more. Failures are not cached.
 */
export interface SharedWork<V extends NonNullable<unknown>> {
  get(key: string, work: (signal: AbortSignal) => Promise<V>, signal?: AbortSignal): Promise<V>
}

interface Running<V> {
  promise: Promise<V>
  waiters: number
  controller: AbortController
}

/** @param capacity the maximum number of cached answers; the least recently used is removed first. */
export function createSharedWork<V extends NonNullable<unknown>>(capacity: number): SharedWork<V> {
  const cache = new LRUCache<string, V>({ max: capacity })
  const running = new Map<string, Running<V>>()

  function start(key: string, work: (signal: AbortSignal) => Promise<V>): Running<V> {
    const controller = new AbortController()
    const promise = work(controller.signal).then(
      (value) => {
        if (running.get(key) === job) running.delete(key)
        cache.set(key, value)
        return value
      },
      (error: unknown) => {
        if (running.get(key) === job) running.delete(key)
        throw error
      },
    )
    const job: Running<V> = { promise, waiters: 0, controller }
    running.set(key, job)
    return job
  }

  return {
    get(key, work, signal) {
      if (signal?.aborted) return Promise.reject(signal.reason)
      const known = cache.get(key)
      if (known !== undefined) return Promise.resolve(known)
      const job = running.get(key) ?? start(key, work)
      job.waiters += 1
      return new Promise<V>((resolve, reject) => {
        const leave = () => {
          job.waiters -= 1
          reject(signal?.reason)
          if (job.waiters > 0) return
          // A new caller must not join work that is being aborted.
          if (running.get(key) === job) running.delete(key)
          job.controller.abort(signal?.reason)
        }
        signal?.addEventListener('abort', leave, { once: true })
        job.promise.then(resolve, reject).finally(() => signal?.removeEventListener('abort', leave))
      })
    },
  }
}
