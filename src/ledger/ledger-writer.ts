import { messageOf } from '../content/validation/error-message.ts'
import type { Blob } from './blob.ts'
import type { Exchange, Step } from './exchange.ts'
import { LedgerUnavailable } from './interruptions.ts'
import { type LedgerStore, type LedgerWrite, type RunOwner, StaleAttempt } from './ledger-store.ts'
import type { RunEnd } from './run-end.ts'

/** Rows that need not be durable are written after this time, if no durable row is written earlier. */
const LINGER_MS = 100

/** Group commit for all runs of this process: there is one flush at a time, and it writes all queued rows in one statement. */
export interface LedgerWriter {
  /**
   * Queues rows. With `durable` it resolves when they are in the database. Otherwise it resolves at once, and a later flush takes them.
   * @throws {StaleAttempt} another owner has the run. @throws {LedgerUnavailable} this write or an earlier one failed.
   */
  append(write: LedgerWrite, durable: boolean): Promise<void>
  /** Resolves when all queued rows of a run are in the database. */
  settle(owner: RunOwner): Promise<void>
  /** Forgets a run that has ended, and its failure if it had one. */
  forget(owner: RunOwner): void
}

interface Queued {
  write: LedgerWrite
  done: () => void
  failed: (error: Error) => void
}

const keyOf = ({ tenant, runId, attempt }: RunOwner) => `${tenant}\n${runId}\n${attempt}`

export function createLedgerWriter(store: LedgerStore, lingerMs: number = LINGER_MS): LedgerWriter {
  let queue: Queued[] = []
  let flushing = false
  let linger: NodeJS.Timeout | undefined
  const failures = new Map<string, Error>()

  async function flush(): Promise<void> {
    if (flushing) return
    flushing = true
    clearTimeout(linger)
    linger = undefined
    while (queue.length > 0) {
      const batch = queue
      queue = []
      await commit(batch)
    }
    flushing = false
  }

  async function commit(batch: Queued[]): Promise<void> {
    try {
      const { stale } = await store.append(merge(batch.map(({ write }) => write)))
      for (const { write, done, failed } of batch) {
        if (!stale.includes(write.owner.runId)) done()
        else failed(fail(write.owner, new StaleAttempt(write.owner.runId, write.owner.attempt)))
      }
    } catch (cause) {
      const reason = messageOf(cause)
      const error = new LedgerUnavailable(`the ledger could not be written: ${reason}`, { cause })
      for (const { write, failed } of batch) failed(fail(write.owner, error))
    }
  }

  function fail(owner: RunOwner, error: Error): Error {
    failures.set(keyOf(owner), error)
    return error
  }

  function enqueue(write: LedgerWrite): Promise<void> {
    const failure = failures.get(keyOf(write.owner))
    if (failure) return Promise.reject(failure)
    return new Promise((done, failed) => queue.push({ write, done, failed }))
  }

  return {
    async append(write, durable) {
      const written = enqueue(write)
      if (durable) {
        void flush()
        return written
      }
      // A failure to write rows that need not be durable stays in `failures` and reaches the run with its next row.
      written.catch(() => undefined)
      linger ??= setTimeout(() => {
        linger = undefined
        void flush()
      }, lingerMs).unref()
      const failure = failures.get(keyOf(write.owner))
      if (failure) throw failure
    },
    async settle(owner) {
      const written = enqueue({ owner, exchanges: [], steps: [], blobs: [] })
      void flush()
      return written
    },
    forget(owner) {
      failures.delete(keyOf(owner))
    },
  }
}

interface MergedRun {
  owner: RunOwner
  exchanges: Exchange[]
  steps: Step[]
  blobs: Map<string, Blob>
  end?: RunEnd
}

/** One write for each run, with its rows in the order of queueing. */
function merge(writes: readonly LedgerWrite[]): LedgerWrite[] {
  const byRun = new Map<string, MergedRun>()
  for (const { owner, exchanges, steps, blobs, end } of writes) {
    const run: MergedRun = byRun.get(keyOf(owner)) ?? { owner, exchanges: [], steps: [], blobs: new Map() }
    byRun.set(keyOf(owner), run)
    run.exchanges.push(...exchanges)
    run.steps.push(...steps)
    for (const blob of blobs) run.blobs.set(blob.hash, blob)
    if (end !== undefined) run.end = end
  }
  return [...byRun.values()].map(({ blobs, ...run }) => ({ ...run, blobs: [...blobs.values()] }))
}
