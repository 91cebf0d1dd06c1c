import type { Item } from '../content/item.ts'
import type { RunOwner } from '../ledger/ledger-store.ts'
import type { Page, PageRequest } from './paging.ts'
import type { Derived, NewRun, RunRecord, RunStatus } from './records.ts'

export interface RunFilter {
  /** What ids begin with. */
  idPrefix?: string
  itemId?: string
  status?: RunStatus
  /** False leaves out runs that ended `unchanged`: they found nothing to do. */
  unchanged?: boolean
  /** Created at or after. */
  since?: number
  /** A node that failed: see `RunSummary`. */
  failedNode?: string
  /** A model that was asked, a version of a prompt that was used. */
  model?: string
  prompt?: string
  /** Cost more than so many US dollars; runs whose cost is not known are left out. */
  costOver?: number
}

export interface Claim {
  /** Names the process: it must differ between processes and between starts of one. */
  owner: string
  now: number
  leaseMs: number
}

export interface SubmittedRun {
  run: RunRecord
  /** Nothing was published of its item when it was stored. */
  unpublished: boolean
}

export interface RunRepository {
  /**
   * Stores the run, with its item as a blob. Again with the same id: no change. Gives the run as it stands: `queued`, or with a
   * claim running, and the claimant's.
   */
  create(run: NewRun, claim?: Claim): Promise<RunRecord>
  /**
   * In one statement as {@link create}, and stores the item under its id, or replaces it there and its `updatedAt`; what is published
   * of it stays.
   */
  submit(run: NewRun, claim?: Claim): Promise<SubmittedRun>
  get(id: string): Promise<RunRecord | null>
  /** Newest first, by id. */
  list(filter: RunFilter, page: PageRequest): Promise<Page<RunRecord>>
  /**
   * Stores what a run has computed from its texts that publishes nothing; see `Publication.derived`.
   * @throws {StaleAttempt} if another owner has the run
   */
  keepDerived(owner: RunOwner, derived: readonly Derived[]): Promise<void>
  /** What the run has computed from its texts; empty where it came to no publication. */
  derived(id: string): Promise<Derived[]>
  /** The item as the run was given it. */
  item(id: string): Promise<Item | null>
  /**
   * Makes the caller the owner: attempt + 1, status `running`. Only of a run that is queued, or whose lease has passed, or
   * (`ifAttempt`: the owner is known to be dead) that still has this attempt. Null if it is not to be had.
   */
  claim(id: string, claim: Claim & { ifAttempt?: number }): Promise<RunRecord | null>
  /** Claims the queued run that was created first; null when none waits. */
  claimNext(claim: Claim): Promise<RunRecord | null>
  /** Extends the lease. @throws {StaleAttempt} if another owner has it, or it is finished. */
  heartbeat(owner: RunOwner, leaseUntil: number): Promise<{ cancelRequested: boolean }>
  /** A queued run is cancelled at once; a running one is asked to stop, which its owner learns at its next heartbeat. Null: unknown run. */
  requestCancel(id: string, at: number): Promise<RunRecord | null>
  /**
   * Running runs without a living owner, oldest first: their lease has passed or, where this process is known to be the only
   * one (it holds the data folder's lock), they belong to another `soleOwner`.
   */
  orphans(query: { now: number; soleOwner?: string }): Promise<RunRecord[]>
}
