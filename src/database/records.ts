import type { DecisionAction } from '../content/decision-action.ts'
import type { Item, ItemKind } from '../content/item.ts'
import type { Sha256 } from '../content/text/hash.ts'
import type { Effort, FacetProvenance, Understanding } from '../content/understanding-schema.ts'
import type { RunConfiguration } from '../ledger/run-configuration-schema.ts'
import { FINAL_RUN_STATUSES, type RunSummary } from '../ledger/run-end.ts'

// All times are milliseconds since the epoch. Values typed `unknown` are JSON: stored with JSON.stringify, returned as
// parsed; whoever reads them validates them.

export interface ItemRecord {
  id: string
  kind: ItemKind
  title: string
  /** The item as it was last given. */
  item: Item
  createdAt: number
  updatedAt: number
  /** What is published of it; null before the first publication. */
  current: CurrentVersion | null
}

export interface CurrentVersion {
  version: number
  seq: number
  status: Understanding['status']
  runId: string
  publishedAt: number
  /** What intake compares to end a run early: hash over item, configuration, decisions and validators of its URLs. */
  intakeHash: string
}

/** Something computed from a text: `kind` names it (`segments`, `vectors`), `version` what made it (`segmenter@1`, a vector space). */
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

/** An item was erased, and with it everything that was published of it. */
export interface Erasure {
  seq: number
  itemId: string
  erasedAt: number
}

/** One line of the outbox, in the order of `seq`: a version was published, or an item erased. */
export type Change = ({ change: 'published'; itemId: string } & VersionSummary) | ({ change: 'erased' } & Erasure)

/** A change that a consumer of the outbox could not follow, by its place there, and why. */
export interface OutboxFailure {
  itemId: string
  seq: number
  reason: string
}

/** Changes that a consumer went past without having followed them; `entries` are the first of them. */
export interface SetAside {
  total: number
  entries: OutboxFailure[]
}

/** A facet's draft as its agent left it, before assembly: what a later run reuses when the fingerprint is the same. */
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

/** A person's answer about one label of one item; it lasts and overlays every later version. */
export interface Decision {
  facet: string
  key: string
  action: DecisionAction
  /** The label as it should be (`amend`), else null. */
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
  /** What is asked: label, evidence, findings. */
  question: unknown
  status: ReviewStatus
  /** The run that asked last, and the version that it published. */
  runId: string
  version: number
  openedAt: number
  /** How it was answered; null while it is open. */
  decision: Decision | null
}

/** `id` is used where no review about this label is open yet. */
export type NewReview = Pick<Review, 'id' | 'facet' | 'key' | 'question'>

export const RUN_STATUSES = ['queued', 'running', ...FINAL_RUN_STATUSES] as const
export type RunStatus = (typeof RUN_STATUSES)[number]

export interface NewRun {
  /** UUIDv7: ids sort by time of creation. */
  id: string
  itemId: string
  /** The item as this run is to read it; stored as a blob. */
  item: Item
  effort: Effort
  config: RunConfiguration
  /** Facets that must run though their fingerprint is unchanged; null: none was named. */
  requested: readonly string[] | null
  /** The run that this one continues or follows from, for example after a decision. */
  parentRunId: string | null
  createdAt: number
}

export interface RunRecord {
  id: string
  itemId: string
  /** Blob of the item as JSON. */
  itemBlob: Sha256
  effort: Effort
  config: RunConfiguration
  requested: string[] | null
  parentRunId: string | null
  status: RunStatus
  /** 0 until a first owner claims it; rises with each owner. */
  attempt: number
  /** Who works on it, and until when that is believed without a heartbeat. */
  owner: string | null
  leaseUntil: number | null
  cancelRequested: boolean
  createdAt: number
  startedAt: number | null
  finishedAt: number | null
  error: string | null
  /** What the run leaves beside its document: reasons, counts. */
  outcome: unknown
  /** The version that it published, if it did. */
  version: number | null
  /** Null until it ends, and where it ended before it began or before summaries were kept. */
  summary: RunSummary | null
}
