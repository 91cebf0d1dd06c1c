import type { DecisionAction } from '../content/decision-action.ts'
import type { Item, ItemKind } from '../content/item.ts'
import type { Sha256 } from '../content/text/hash.ts'
import type { Effort, FacetProvenance, Understanding } from '../content/understanding-schema.ts'
import type { RunConfiguration } from '../ledger/run-configuration-schema.ts'
import type { RunStatus, RunSummary } from '../ledger/run-end.ts'

// All times are milliseconds since the epoch. Values of the type `unknown` are JSON. They are returned as they were parsed, and whoever reads
// them validates them.

export interface ItemRecord {
  id: string
  kind: ItemKind
  title: string
  /** The item as it was last given. */
  item: Item
  createdAt: number
  updatedAt: number
  /** What is published of it. Null before the first publication. */
  current: CurrentVersion | null
}

export interface CurrentVersion {
  version: number
  seq: number
  status: Understanding['status']
  runId: string
  publishedAt: number
  /** A hash over the item, the configuration, decisions, and the validators of its URLs. Intake compares it to end a run early. */
  intakeHash: string
}

/** Something that was computed from a text. `kind` says what it is (`segments`, `vectors`), and `version` what made it (`segmenter@1`, a vector space). */
export interface Derived {
  textHash: Sha256
  kind: string
  version: string
  value: unknown
}

export interface VersionSummary {
  version: number
  seq: number
  status: Understanding['status']
  runId: string
  publishedAt: number
}

/** An item was erased, with everything that was published of it. */
export interface Erasure {
  seq: number
  itemId: string
  erasedAt: number
}

/** One line of the outbox: a version was published, or an item was erased. The lines are in the order of `seq`. */
export type Change = ({ change: 'published'; itemId: string } & VersionSummary) | ({ change: 'erased' } & Erasure)

/** A change that a consumer of the outbox could not follow: its place in the outbox, and why. */
export interface OutboxFailure {
  itemId: string
  seq: number
  reason: string
}

/** Changes that a consumer skipped because it could not follow them. `entries` are the first of them. */
export interface SetAside {
  total: number
  entries: OutboxFailure[]
}

/** A facet's draft as its agent left it, before assembly. A later run reuses it if the fingerprint is the same. */
export interface StoredFacet {
  facet: string
  fingerprint: string
  /** The run whose agent made it. */
  runId: string
  draft: unknown
  provenance: FacetProvenance
  createdAt: number
}
export type NewFacet = Omit<StoredFacet, 'createdAt'>

/** A person's answer about one label of one item. It is kept, and applies to every later version. */
export interface Decision {
  facet: string
  key: string
  action: DecisionAction
  /** The label as it should be, for `amend`. Otherwise null. */
  value: unknown
  note: string | null
  by: string
  at: number
}

export const REVIEW_STATUSES = ['open', 'decided'] as const
export type ReviewStatus = (typeof REVIEW_STATUSES)[number]

export interface Review {
  id: string
  itemId: string
  facet: string
  key: string
  /** What is asked: the label, its evidence, the findings. */
  question: unknown
  status: ReviewStatus
  /** The run that asked last, and the version that it published. */
  runId: string
  version: number
  openedAt: number
  /** How it was answered. Null while it is open. */
  decision: Decision | null
}

/** `id` is used if no review about this label is open yet. */
export type NewReview = Pick<Review, 'id' | 'facet' | 'key' | 'question'>

export interface NewRun {
  /** A UUIDv7, so ids sort by time of creation. */
  id: string
  itemId: string
  /** The item as this run will read it. It is stored as a blob. */
  item: Item
  effort: Effort
  config: RunConfiguration
  /** Facets that must run although their fingerprint is unchanged. Null if none was named. */
  requested: readonly string[] | null
  /** The run that this one continues or follows, for example after a decision. */
  parentRunId: string | null
  createdAt: number
}

export interface RunRecord {
  id: string
  itemId: string
  /** The blob of the item as JSON. */
  itemBlob: Sha256
  effort: Effort
  config: RunConfiguration
  requested: string[] | null
  parentRunId: string | null
  status: RunStatus
  /** 0 until a first owner claims the run. It rises with each owner. */
  attempt: number
  /** Who works on it, and how long this is believed without a heartbeat. */
  owner: string | null
  leaseUntil: number | null
  cancelRequested: boolean
  createdAt: number
  startedAt: number | null
  finishedAt: number | null
  error: string | null
  /** What the run leaves besides its document: reasons, counts. */
  outcome: unknown
  /** The version that it published. Null if it published nothing. */
  version: number | null
  /** Null until it ends, and if it ended before it began. */
  summary: RunSummary | null
}
