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
  /** `none`: nothing is published yet. */
  status?: Understanding['status'] | 'none'
  /** `taxonomy/id` of a topic of the current version. */
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

/** A text of an item; null where only the item is asked for. */
export interface TextPlace {
  itemId: string
  textHash: Sha256 | null
  /** Whose segments are wanted, where several versions share the text; without it those of the current one. */
  version?: number
}

/** An item with one of its texts and its segments; null each where there is none, or none by this segmenter. */
export interface TextOfItem {
  record: ItemRecord
  text: string | null
  segments: unknown
}

export interface FollowedTexts {
  /** For each place in its order; null where there is no such item. */
  texts: (TextOfItem | null)[]
  /** How many changes come after the consumer's place in the outbox, and how many it went past without having followed them. */
  waiting: number
  setAside: number
  /** As {@link OutboxRepository.erasedItems}. */
  erased: string[]
}

/** Items with the text that a version of them counts in, and its segments. */
export interface VersionTextRepository {
  get(place: TextPlace, segmenter: string): Promise<TextOfItem | null>
  /** Many at once, with how far a consumer of the outbox has come: one statement. */
  followed(places: readonly TextPlace[], segmenter: string, consumer: string): Promise<FollowedTexts>
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
  /** Stores a decision; a later one about the same label replaces it. */
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
  /** Erasures after a place, in order. */
  erasuresAfter(seq: number): Promise<Erasure[]>
  /** Items of which it may still hold what was erased: the erasure comes after its place, or it failed to follow the item's last change. */
  erasedItems(consumer: string): Promise<string[]>
}

/** What consumers of the outbox could not follow, the last change of each item. */
export interface OutboxFailureRepository {
  /** A change failed. @returns whether it is set aside now, because it has `most` times or more. */
  note(consumer: string, failure: OutboxFailure, most: number): Promise<boolean>
  /** A change of the item was followed, so what failed before no longer matters. */
  clear(consumer: string, itemId: string): Promise<void>
  setAside(consumer: string, limit?: number): Promise<SetAside>
}

/** All that becomes visible together when a run publishes. */
export interface Publication {
  document: UnplacedDocument
  labels: readonly LabelRow[]
  /** Drafts that ran in this run, not those that were reused. */
  facets: readonly NewFacet[]
  /** Stored where they are not there yet: a text never changes under its hash. */
  texts: readonly Text[]
  /** What the run has computed from the texts (segments, vectors). It stays the run's own, whatever later runs of the item compute. */
  derived: readonly Derived[]
  /** Opened unless one about the same label is open (it then asks the new question) or the label has been decided. */
  reviews: readonly NewReview[]
  intakeHash: string
  at: number
}

/** Where a document stands now. */
export interface Published extends DocumentPlace {
  /** The run had published before: what it wrote then stands, and nothing was written now. */
  again: boolean
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
   * Writes the next version of the owner's item, its labels, facets, texts and reviews in one transaction. Once per run: a second
   * call returns what the first one wrote. Nothing is written before `after` has resolved, and nothing at all where it rejects.
   * @throws {StaleAttempt} if another owner has the run, or it is finished without having published.
   */
  publish(owner: RunOwner, publication: Publication, after?: Promise<unknown>): Promise<Published>
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
