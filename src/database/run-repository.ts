import type { Item } from '../content/item.ts'
import type { RunOwner } from '../ledger/ledger-store.ts'
import type { RunStatus } from '../ledger/run-end.ts'
import type { Page, PageRequest } from './paging.ts'
import type { Derived, NewRun, RunRecord } from './records.ts'

export interface RunFilter {
  /** What ids begin with. */
  idPrefix?: string
  itemId?: string
  status?: RunStatus
  /** False leaves out runs that ended `unchanged`, because they found nothing to do. */
  unchanged?: boolean
  /** Created at this time or later. */
  since?: number
  /** A node that failed, see `RunSummary`. */
  failedNode?: string
  /** A model that was asked, and a version of a prompt that was used. */
  model?: string
  prompt?: string
  /** Cost more than this many US dollars. Runs whose cost is not known are left out. */
  costOver?: number
}

export interface Claim {
  /** Names the process. The name must differ between processes, and between starts of one. */
  owner: string
  now: number
  leaseMs: number
}

export interface SubmittedRun {
  run: RunRecord
  /** True if nothing of its item was published when it was stored. */
  unpublished: boolean
}

export interface RunRepository {
  /**
   * Stores the run, with its item as a blob. A second call with the same id changes nothing. Returns the run as it is stored: `queued`, or, with
   * a claim, running and owned by the claimant.
   */
  create(run: NewRun, claim?: Claim): Promise<RunRecord>
  /**
   * Does what {@link create} does, and stores the item under its id, in one statement. If the item is there already, it is replaced and gets a
   * new `updatedAt`. What is published of it stays.
   */
  submit(run: NewRun, claim?: Claim): Promise<SubmittedRun>
  get(id: string): Promise<RunRecord | null>
  /** The newest first, by id. */
  list(filter: RunFilter, page: PageRequest): Promise<Page<RunRecord>>
  /**
   * Stores what a run that publishes nothing has computed from its texts, see `Publication.derived`.
   * @throws {StaleAttempt} if another owner has the run
   */
  keepDerived(owner: RunOwner, derived: readonly Derived[]): Promise<void>
  /** What the run has computed from its texts. Empty if the run stored nothing of it. */
  derived(id: string): Promise<Derived[]>
  /** The item, as it was given to the run. */
  item(id: string): Promise<Item | null>
  /**
   * Makes the caller the owner: the attempt rises by 1, and the status is `running`. A run can be claimed if it is queued, or if its lease
   * has passed. With `ifAttempt`, because its owner is known to be dead, it can be claimed if it still has this attempt. Null if it cannot be claimed.
   */
  claim(id: string, claim: Claim & { ifAttempt?: number }): Promise<RunRecord | null>
  /** Claims the queued run that was created first. Null if none waits. */
  claimNext(claim: Claim): Promise<RunRecord | null>
  /** Extends the lease. @throws {StaleAttempt} if another owner has the run, or if it is finished */
  heartbeat(owner: RunOwner, leaseUntil: number): Promise<{ cancelRequested: boolean }>
  /** Cancels a queued run at once. A running one is asked to stop, and its owner learns it at its next heartbeat. Null if the run is unknown. */
  requestCancel(id: string, at: number): Promise<RunRecord | null>
  /**
   * Running runs without a living owner, the oldest first. Their lease has passed. With `soleOwner`, because this process is known to be the
   * only one (it holds the data folder's lock), the runs of every other owner count too.
   */
  orphans(query: { now: number; soleOwner?: string }): Promise<RunRecord[]>
}
