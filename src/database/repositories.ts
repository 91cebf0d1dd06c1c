import type { Sha256 } from '../content/hash.ts'
import type { Item, ItemKind } from '../content/item.ts'
import type { Text } from '../content/text.ts'
import type { Understanding } from '../content/understanding.ts'
import type { RecordedRun } from '../ledger/recorded-run.ts'
import type { RunOwner } from '../ledger/store.ts'
import type {
  Change,
  CurrentVersion,
  Decision,
  Derived,
  Erasure,
  FinalRunStatus,
  ItemRecord,
  Label,
  NewFacet,
  NewReview,
  NewRun,
  Review,
  ReviewStatus,
  RunRecord,
  RunStatus,
  RunSummary,
  StoredFacet,
  VersionSummary,
} from './records.ts'

/** `limit` is cut to 1..200, default 50. `cursor` is the `next` of the page before; opaque. */
export interface PageRequest {
  limit?: number
  cursor?: string
}

/** `next` is null on the last page. @throws {BadCursor} from every listing, for a cursor that it did not give out. */
export interface Page<T> {
  entries: T[]
  next: string | null
}

export class BadCursor extends Error {
  override readonly name = 'BadCursor'
  constructor() {
    super('the cursor is not one that this listing gave out; start again without a cursor')
  }
}

export interface ItemFilter {
  kind?: ItemKind
  /** `none`: nothing is published yet. */
  status?: Understanding['status'] | 'none'
  /** `taxonomy/id` of a topic of the current version. */
  topic?: string
}

export interface ItemRepository {
  /** Inserts, or replaces the item and its `updatedAt`; what is published of it stays. */
  put(id: string, item: Item, at: number): Promise<void>
  get(id: string): Promise<ItemRecord | null>
  /** What is published of an item, without the item itself. */
  current(id: string): Promise<CurrentVersion | null>
  /** Newest first, by time of creation. */
  list(filter: ItemFilter, page: PageRequest): Promise<Page<ItemRecord>>
}

export interface TextRepository {
  /** Stores texts that are not there yet: a text never changes under its hash. */
  put(itemId: string, texts: readonly Text[]): Promise<void>
  get(itemId: string, hash: Sha256): Promise<Text | null>
  /** Stores or replaces what was computed from a text (segments, vectors). */
  putDerived(itemId: string, derived: readonly Derived[]): Promise<void>
  getDerived(itemId: string, key: Omit<Derived, 'value'>): Promise<Derived | null>
}

export interface UnderstandingRepository {
  current(itemId: string): Promise<Understanding | null>
  version(itemId: string, version: number): Promise<Understanding | null>
  /** Newest first. */
  versions(itemId: string, page: PageRequest): Promise<Page<VersionSummary>>
  /**
   * What was published and erased after `seq`, in order; every commit is seen exactly once by who goes on from the last seq. Of an erased
   * item only the erasure is left. `limit` as in {@link PageRequest}.
   */
  changes(afterSeq: number, limit?: number): Promise<Change[]>
  /** Labels of the current version. */
  labels(itemId: string): Promise<Label[]>
}

export interface FacetRepository {
  /** The newest draft of each facet. */
  forItem(itemId: string): Promise<StoredFacet[]>
  latest(itemId: string, facet: string): Promise<StoredFacet | null>
  /** The newest draft with exactly this fingerprint. */
  find(itemId: string, facet: string, fingerprint: string): Promise<StoredFacet | null>
}

export interface DecisionRepository {
  /** Stores a decision; a later one about the same label replaces it. */
  put(itemId: string, decision: Decision): Promise<void>
  forItem(itemId: string): Promise<Decision[]>
}

export interface ReviewFilter {
  status?: ReviewStatus
  itemId?: string
  facet?: string
}

export type DecideResult =
  /** Closed now, and the decision stored in the same transaction. */
  | { kind: 'decided'; review: Review }
  /** Was closed before; `review.decision` says how. Nothing was changed. */
  | { kind: 'already-decided'; review: Review }
  | { kind: 'unknown' }

export interface ReviewRepository {
  get(id: string): Promise<Review | null>
  /** Oldest first: a queue. */
  list(filter: ReviewFilter, page: PageRequest): Promise<Page<Review>>
  decide(id: string, answer: Omit<Decision, 'facet' | 'key'>): Promise<DecideResult>
}

export interface RunFilter {
  itemId?: string
  status?: RunStatus
  /** Created at or after. */
  since?: number
  /** A node that failed: see {@link RunSummary}. */
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

export interface RunRepository {
  /** Stores the run as `queued`, with its item as a blob. The item itself is put first by the caller. Again with the same id: no change. Gives the run as it stands. */
  create(run: NewRun): Promise<RunRecord>
  get(id: string): Promise<RunRecord | null>
  /** Newest first, by id. */
  list(filter: RunFilter, page: PageRequest): Promise<Page<RunRecord>>
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
  /** Ends the run and gives it as it then stands; finishing again changes nothing. @throws {StaleAttempt} */
  finish(owner: RunOwner, end: RunEnd): Promise<RunRecord>
  /** A queued run is cancelled at once; a running one is asked to stop, which its owner learns at its next heartbeat. Null: unknown run. */
  requestCancel(id: string, at: number): Promise<RunRecord | null>
  /**
   * Running runs without a living owner, oldest first: their lease has passed or, where this process is known to be the only
   * one (it holds the data folder's lock), they belong to another `soleOwner`.
   */
  orphans(query: { now: number; soleOwner?: string }): Promise<RunRecord[]>
}

export interface RunEnd {
  status: FinalRunStatus
  error: string | null
  outcome: unknown
  at: number
  /** Left out where nothing is known of what the run did. */
  summary?: RunSummary
}

/** What the ledger wrote, for reading. */
export interface TraceRepository {
  /** Everything of one run at once, its blobs included; empty where the run has recorded nothing. */
  load(runId: string): Promise<RecordedRun>
}

/** What an idempotency key was first used for. */
export interface KeyUse {
  bodyHash: Sha256
  runId: string
}

export interface IdempotencyRepository {
  find(key: string): Promise<KeyUse | null>
  /** Stores the first use of a key and returns the use that stands: a later one changes nothing. */
  put(key: string, use: KeyUse & { at: number }): Promise<KeyUse>
}

/** How far a consumer of {@link UnderstandingRepository.changes} has come; 0 at first. It never goes back. */
export interface OutboxRepository {
  position(consumer: string): Promise<number>
  advance(consumer: string, seq: number): Promise<void>
}

/** All that becomes visible together when a run publishes. */
export interface Publication {
  /** Makes the document once its place is known. Pure and quick: the transaction waits. */
  document: (place: Published) => Understanding
  labels: readonly Label[]
  /** Drafts that ran in this run, not those that were reused. */
  facets: readonly NewFacet[]
  texts: readonly Text[]
  /** Opened unless one about the same label is open (it then asks the new question) or the label has been decided. */
  reviews: readonly NewReview[]
  intakeHash: string
  at: number
}

export interface Published {
  version: number
  seq: number
}

/** What {@link Repositories.prune} deletes. A run goes where both limits let it go; one that is left out does. */
export interface PruneLimits {
  /** Ended before this time. */
  endedBefore?: number
  /** The newest so many runs of each item stay, however old they are. */
  keepPerItem?: number
  /** Count, and delete nothing. */
  dryRun?: boolean
}

/** What was deleted; `bytes` is what chunks and blobs held, compressed. */
export interface Pruned {
  runs: number
  chunks: number
  blobs: number
  bytes: number
}

/** Everything of one tenant. */
export interface Repositories {
  items: ItemRepository
  texts: TextRepository
  understandings: UnderstandingRepository
  facets: FacetRepository
  decisions: DecisionRepository
  reviews: ReviewRepository
  runs: RunRepository
  trace: TraceRepository
  outbox: OutboxRepository
  idempotencyKeys: IdempotencyRepository
  /**
   * Writes the next version of the owner's item, its labels, facets, texts and reviews in one transaction. Once per run: a second
   * call returns what the first one wrote. The item must have been put.
   * @throws {StaleAttempt} if another owner has the run, or it is finished without having published.
   */
  publish(owner: RunOwner, publication: Publication): Promise<Published>
  /**
   * Deletes an item and everything that came from it, in one transaction, and puts the erasure into the outbox. A run of it that is under
   * way can write nothing more: its attempt is stale. Null: nothing is known of it.
   */
  erase(itemId: string, at: number): Promise<Erasure | null>
  /**
   * Deletes runs that have ended with what they recorded, and blobs that nothing names any more, in one transaction. Never: what is published,
   * the run that published an item's current version, runs of an item with a run under way.
   */
  prune(limits: PruneLimits): Promise<Pruned>
}

/** Binds the repositories to a tenant. */
export interface RepositoriesByTenant {
  for(tenant: string): Repositories
}
