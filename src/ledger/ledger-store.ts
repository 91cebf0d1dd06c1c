import type { Blob } from './blob.ts'
import type { Exchange, Step } from './exchange.ts'
import type { RecordedRun } from './recorded-run.ts'
import type { RunEnd } from './run-end.ts'

/** The run and the attempt that write. Every row carries both, and a stale attempt is rejected. */
export interface RunOwner {
  tenant: string
  itemId: string
  runId: string
  attempt: number
}

/** The rows that one flush writes for one run. */
export interface LedgerWrite {
  owner: RunOwner
  exchanges: readonly Exchange[]
  steps: readonly Step[]
  blobs: readonly Blob[]
  /** Ends the run together with these rows. A run ends only once: a run that has ended or is cancelled does not change. */
  end?: RunEnd
}

/** Stores exchanges, steps and blobs durably. */
export interface LedgerStore {
  /**
   * Writes everything in one statement. It writes nothing for a run with a stale attempt and returns the id of that run.
   * If an exchange is written again (same run, node, visit, kind, n), the first one stays. The same holds for a step with the same
   * update and error; a step with other values replaces the first.
   */
  append(writes: readonly LedgerWrite[]): Promise<{ stale: string[] }>
  /** All rows of one run; empty if it has recorded nothing. */
  load(tenant: string, runId: string): Promise<RecordedRun>
}

/** Another process has taken over the run; this process must stop at once. */
export class StaleAttempt extends Error {
  override readonly name = 'StaleAttempt'
  constructor(runId: string, attempt: number) {
    super(`run ${runId} was taken over by another owner; attempt ${attempt} may write no more`)
  }
}
