import type { Blob } from './blob.ts'
import type { Exchange, Step } from './exchange.ts'
import type { RecordedRun } from './recorded-run.ts'
import type { RunEnd } from './run-end.ts'

/** Which run writes, as which owner: every row carries it and a stale attempt is rejected. */
export interface RunOwner {
  tenant: string
  itemId: string
  runId: string
  attempt: number
}

/** What one flush writes for one run. */
export interface LedgerWrite {
  owner: RunOwner
  exchanges: readonly Exchange[]
  steps: readonly Step[]
  blobs: readonly Blob[]
  /** Ends the run with what stands beside it. A run ends once: of one that has ended, or is cancelled, nothing changes. */
  end?: RunEnd
}

/** Where exchanges, steps and blobs become durable. */
export interface LedgerStore {
  /**
   * Writes everything as one statement; a run whose attempt is stale writes nothing and its id is returned.
   * Writing an exchange again (same run, node, visit, kind, n) leaves the first one, and so does a step with the same update and error;
   * with others it takes the place of the first.
   */
  append(writes: readonly LedgerWrite[]): Promise<{ stale: string[] }>
  /** Everything of one run; empty where it has recorded nothing. */
  load(tenant: string, runId: string): Promise<RecordedRun>
}

/** Another process has taken the run over; this one must stop at once. */
export class StaleAttempt extends Error {
  override readonly name = 'StaleAttempt'
  constructor(runId: string, attempt: number) {
    super(`run ${runId} was taken over by another owner; attempt ${attempt} may write no more`)
  }
}
