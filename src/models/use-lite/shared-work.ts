import { LRUCache } from 'lru-cache'

/**
 * Answers by key, most recently used kept, with the work for one key shared by all who ask at the same time.
 *
 * Who aborts leaves alone; the work itself is aborted when nobody waits for it any more. Failures are not kept.
 */
export interface SharedWork<V extends NonNullable<unknown>> {
  get(key: string, work: (signal: AbortSignal) => Promise<V>, signal?: AbortSignal): Promise<V>
}

interface Running<V> {
  promise: Promise<V>
  waiters: number
  controller: AbortController
}

/** @param capacity most answers kept; the least recently used goes first. */
export function createSharedWork<V extends NonNullable<unknown>>(capacity: number): SharedWork<V> {
  const kept = new LRUCache<string, V>({ max: capacity })
  const running = new Map<string, Running<V>>()

  function start(key: string, work: (signal: AbortSignal) => Promise<V>): Running<V> {
    const controller = new AbortController()
    const promise = work(controller.signal).then(
      (value) => {
        if (running.get(key) === job) running.delete(key)
        kept.set(key, value)
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
      const known = kept.get(key)
      if (known !== undefined) return Promise.resolve(known)
      const job = running.get(key) ?? start(key, work)
      job.waiters += 1
      return new Promise<V>((resolve, reject) => {
        const leave = () => {
          job.waiters -= 1
          reject(signal?.reason)
          if (job.waiters > 0) return
          // Who comes now must not join work that is being thrown away.
          if (running.get(key) === job) running.delete(key)
          job.controller.abort(signal?.reason)
        }
        signal?.addEventListener('abort', leave, { once: true })
        job.promise.then(resolve, reject).finally(() => signal?.removeEventListener('abort', leave))
      })
    },
  }
}
