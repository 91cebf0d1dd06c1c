import type { ItemKind } from '../content/item.ts'
import type { LabelRow } from '../content/labels/label-type.ts'
import type { Sha256 } from '../content/text/hash.ts'
import type { Text } from '../content/text/text.ts'
import type { DocumentPlace, Understanding, UnplacedDocument } from '../content/understanding-schema.ts'
import type { RunOwner } from '../ledger/ledger-store.ts'
import type { RecordedRun } from '../ledger/recorded-run.ts'
import type { Page, PageRequest } from './paging.ts'
import type {
  Change,
  CurrentVersion,
  Decision,
  Derived,
  Erasure,
  ItemRecord,
  NewFacet,
  NewReview,
  OutboxFailure,
  Review,
  ReviewStatus,
  SetAside,
  StoredFacet,
  VersionSummary,
} from './records.ts'
import type { RunRepository } from './run-repository.ts'

export interface ItemFilter {
  /** What ids begin with. */
  idPrefix?: string
  kind?: ItemKind
  /** `none` finds items of which nothing is published yet. */
  status?: Understanding['status'] | 'none'
  /** The `taxonomy/id` of a topic of the current version. */
  topic?: string
}

export interface ItemRepository {
  get(id: string): Promise<ItemRecord | null>
  /** What is published of an item, without the item itself. */
  current(id: string): Promise<CurrentVersion | null>
  /** Newest first, by time of creation. */
  list(filter: ItemFilter, page: PageRequest): Promise<Page<ItemRecord>>
}

export interface TextRepository {
  get(itemId: string, hash: Sha256): Promise<Text | null>
}

/** A text of an item. Null if only the item is asked for. */
export interface TextPlace {
  itemId: string
  textHash: Sha256 | null
  /** The version whose segments are wanted, if several share the text. By default the current one. */
  version?: number
}

/** An item with one of its texts and that text's segments. Each is null if there is none. The segments are null too if another segmenter made them. */
export interface TextOfItem {
  record: ItemRecord
  text: string | null
  segments: unknown
}

export interface FollowedTexts {
  /** One for each place, in their order. Null if there is no such item. */
  texts: (TextOfItem | null)[]
  /** How many changes come after the consumer's place in the outbox, and how many it skipped because it could not follow them. */
  waiting: number
  setAside: number
  /** See {@link OutboxRepository.erasedItems}. */
  erased: string[]
}

/** Items with the text that the offsets of a version refer to, and its segments. */
export interface VersionTextRepository {
  get(place: TextPlace, segmenter: string): Promise<TextOfItem | null>
  /** Many at once, and how far a consumer of the outbox has come, in one statement. */
  followed(places: readonly TextPlace[], segmenter: string, consumer: string): Promise<FollowedTexts>
}

export interface UnderstandingRepository {
  current(itemId: string): Promise<Understanding | null>
  version(itemId: string, version: number): Promise<Understanding | null>
  /** Newest first. */
  versions(itemId: string, page: PageRequest): Promise<Page<VersionSummary>>
  /**
   * What was published and erased after `seq`, in order. A caller that goes on from the last seq sees every commit exactly once. Of an
   * erased item only the erasure is left. `limit` is as in {@link PageRequest}.
   */
  changes(afterSeq: number, limit?: number): Promise<Change[]>
  /** The labels of the current version. */
  labels(itemId: string): Promise<LabelRow[]>
}

export interface FacetRepository {
  /** The newest draft of each facet. */
  forItem(itemId: string): Promise<StoredFacet[]>
  latest(itemId: string, facet: string): Promise<StoredFacet | null>
  /** The newest draft with exactly this fingerprint. */
  find(itemId: string, facet: string, fingerprint: string): Promise<StoredFacet | null>
}

export interface DecisionRepository {
  /** Stores a decision. A later one about the same label replaces it. */
  put(itemId: string, decision: Decision): Promise<void>
  forItem(itemId: string): Promise<Decision[]>
}

export interface ReviewFilter {
  /** What ids begin with. */
  idPrefix?: string
  status?: ReviewStatus
  itemId?: string
  facet?: string
}

export type DecideResult =
  /** The review is closed now. The decision was stored in the same transaction. */
  | { kind: 'decided'; review: Review }
  /** The review was closed before, and `review.decision` says how. Nothing was changed. */
  | { kind: 'already-decided'; review: Review }
  | { kind: 'unknown' }

export interface ReviewRepository {
  get(id: string): Promise<Review | null>
  /** The oldest first, as in a queue. */
  list(filter: ReviewFilter, page: PageRequest): Promise<Page<Review>>
  decide(id: string, answer: Omit<Decision, 'facet' | 'key'>): Promise<DecideResult>
}

/** What the ledger wrote, for reading. */
export interface TraceRepository {
  /** Everything of one run at once, with its blobs. Empty if the run has recorded nothing. */
  load(runId: string): Promise<RecordedRun>
}

/** What an idempotency key was first used for. */
export interface KeyUse {
  bodyHash: Sha256
  runId: string
}

export interface IdempotencyRepository {
  find(key: string): Promise<KeyUse | null>
  /** Stores the first use of a key. A later use changes nothing. @returns the first use */
  put(key: string, use: KeyUse & { at: number }): Promise<KeyUse>
}

/** How far a consumer of {@link UnderstandingRepository.changes} has come. It starts at 0 and never goes back. */
export interface OutboxRepository {
  position(consumer: string): Promise<number>
  advance(consumer: string, seq: number): Promise<void>
  /** The erasures after a place, in order. */
  erasuresAfter(seq: number): Promise<Erasure[]>
  /** Erased items that the consumer may still hold: the erasure comes after its place, or it failed to follow the item's last change. */
  erasedItems(consumer: string): Promise<string[]>
}

/** The changes that consumers of the outbox could not follow, the last one of each item. */
export interface OutboxFailureRepository {
  /** Notes that a change failed. @returns whether it is set aside now, because it has failed `most` times or more */
  note(consumer: string, failure: OutboxFailure, most: number): Promise<boolean>
  /** Notes that a change of the item was followed, so earlier failures no longer matter. */
  clear(consumer: string, itemId: string): Promise<void>
  setAside(consumer: string, limit?: number): Promise<SetAside>
}

/** Everything that becomes visible together when a run publishes. */
export interface Publication {
  document: UnplacedDocument
  labels: readonly LabelRow[]
  /** The drafts of agents that ran in this run, without those that were reused. */
  facets: readonly NewFacet[]
  /** Stored if they are not there yet. A text never changes under its hash. */
  texts: readonly Text[]
  /** What the run has computed from the texts (segments, vectors). Later runs of the item do not change it. */
  derived: readonly Derived[]
  /** Each is opened, unless the label has been decided. If one about the same label is open, that one asks the new question. */
  reviews: readonly NewReview[]
  intakeHash: string
  at: number
}

/** The place that a document has now. */
export interface Published extends DocumentPlace {
  /** True if the run had published before. What it wrote then is kept, and nothing was written now. */
  again: boolean
}

/** What {@link Repositories.prune} deletes. A run is deleted if both limits allow it. A limit that is left out allows everything. */
export interface PruneLimits {
  /** Only runs that ended before this time are deleted. */
  endedBefore?: number
  /** This many of the newest runs of each item are kept, however old they are. */
  keepPerItem?: number
  /** Only count, and delete nothing. */
  dryRun?: boolean
}

/** What was deleted. `bytes` is the compressed size of the chunks and blobs. */
export interface Pruned {
  runs: number
  chunks: number
  blobs: number
  bytes: number
}

/** All repositories, for one tenant. */
export interface Repositories {
  items: ItemRepository
  texts: TextRepository
  versionTexts: VersionTextRepository
  understandings: UnderstandingRepository
  facets: FacetRepository
  decisions: DecisionRepository
  reviews: ReviewRepository
  runs: RunRepository
  trace: TraceRepository
  outbox: OutboxRepository
  outboxFailures: OutboxFailureRepository
  idempotencyKeys: IdempotencyRepository
  /**
   * Writes the next version of the owner's item, its labels, facets, texts and reviews in one transaction. A run publishes once: a second
   * call returns what the first one wrote. Nothing is written before `after` has resolved, and nothing at all if it rejects.
   * @throws {StaleAttempt} if another owner has the run, or it is finished without having published.
   */
  publish(owner: RunOwner, publication: Publication, after?: Promise<unknown>): Promise<Published>
  /**
   * Deletes an item and everything that came from it, in one transaction, and puts the erasure into the outbox. A run of the item that is
   * under way can write nothing more, because its attempt is stale. Null if nothing is known of the item.
   */
  erase(itemId: string, at: number): Promise<Erasure | null>
  /**
   * Deletes runs that have ended, with what they recorded, and blobs that nothing names any more, in one transaction. It never deletes what is
   * published, the run that published an item's current version, or runs of an item that has a run under way.
   */
  prune(limits: PruneLimits): Promise<Pruned>
}

/** Binds the repositories to a tenant. */
export interface RepositoriesByTenant {
  for(tenant: string): Repositories
}
