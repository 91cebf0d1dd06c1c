import type { RunRepository } from '../database/run-repository.ts'
import { Cancelled } from '../ledger/interruptions.ts'
import { type RunOwner, StaleAttempt } from '../ledger/ledger-store.ts'

export const LEASE_MS = 30_000

/** Keeps a run's lease while it works; aborts it when the lease is lost or the run is cancelled. */
export function keepLease(
  runs: Pick<RunRepository, 'heartbeat'>,
  owner: RunOwner,
  abort: AbortController,
  clock: () => number,
): { stop(): void } {
  const beat = async () => {
    try {
      const { cancelRequested } = await runs.heartbeat(owner, clock() + LEASE_MS)
      if (cancelRequested) abort.abort(new Cancelled(`run ${owner.runId} was cancelled`))
    } catch (error) {
      // A database that is away for a moment does not mean a lost lease. The next beat tells, and every write is fenced.
      if (error instanceof StaleAttempt) abort.abort(error)
    }
  }
  const timer = setInterval(() => void beat(), LEASE_MS / 3)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}
