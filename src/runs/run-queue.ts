import { setMaxListeners } from 'node:events'
import pLimit from 'p-limit'
import { createKeyedQueue } from '../waiting/keyed-queue.ts'

export interface RunQueueOptions {
  /** How many runs work at the same time. */
  concurrency: number
  log(message: string, fields: Record<string, unknown>): void
}

/** The runs of this process that are under way or wait. Only so many work at the same time. Runs of one item go one after another. */
export interface RunQueue<Ended> {
  /** Executes a run as soon as there is room and no other run of its item is before it. Does nothing if this id is already under way. */
  start(runId: string, itemId: string, execute: (abort: AbortController) => Promise<Ended | null>): void
  /**
   * Keeps the item's place while a new run of it is being stored. `atOnce`: the run will start as soon as it is stored, so it can be
   * stored as claimed.
   */
  entering<Stored>(itemId: string, store: (atOnce: boolean) => Promise<Stored>): Promise<Stored>
  /** Undefined: the run is not under way. Null: it did not end in this process. */
  ended(runId: string): Promise<Ended | null> | undefined
  abort(runId: string, reason: Error): void
  abortAll(reason: Error): void
  /** Resolves when nothing is under way. */
  idle(): Promise<void>
}

interface UnderWay<Ended> {
  itemId: string
  abort: AbortController
  ended: Promise<Ended | null>
}

export function createRunQueue<Ended>({ concurrency, log }: RunQueueOptions): RunQueue<Ended> {
  const limit = pLimit(concurrency)
  const underWay = new Map<string, UnderWay<Ended>>()
  /** Makes a run find what the run before it has published. */
  const queue = createKeyedQueue()
  /** Items with a place for a run that is still being stored. */
  const places = new Set<string>()

  return {
    start(runId, itemId, execute) {
      if (underWay.has(runId)) return
      const abort = new AbortController()
      // Every call of every agent listens to it: more than the default limit of listeners.
      setMaxListeners(0, abort.signal)
      const ended = queue(itemId, () => limit(() => execute(abort)))
        .catch((error: unknown) => {
          log('a run could not be ended', { runId, error: String(error) })
          return null
        })
        .finally(() => underWay.delete(runId))
      underWay.set(runId, { itemId, abort, ended })
    },
    async entering(itemId, store) {
      const isFree = () => !places.has(itemId) && [...underWay.values()].every((run) => run.itemId !== itemId)
      const atOnce = underWay.size + places.size < concurrency && isFree()
      if (!atOnce) return store(false)
      places.add(itemId)
      try {
        return await store(true)
      } finally {
        places.delete(itemId)
      }
    },
    ended: (runId) => underWay.get(runId)?.ended,
    abort: (runId, reason) => underWay.get(runId)?.abort.abort(reason),
    abortAll(reason) {
      for (const { abort } of underWay.values()) abort.abort(reason)
    },
    async idle() {
      while (underWay.size > 0) await Promise.all([...underWay.values()].map(({ ended }) => ended))
    },
  }
}
