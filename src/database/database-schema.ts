import type { Generated } from 'kysely'

// The types of columns as the driver gives them. A bigint (times in milliseconds, seq) arrives as a number: all are below 2^53. JSON is in text
// columns. TypeScript checks unions where rows are written, and trusts them where rows are read.
import type { DecisionAction } from '../content/decision-action.ts'
import type { ItemKind } from '../content/item.ts'
import type { Origin } from '../content/labels/label-type.ts'
import type { Sha256 } from '../content/text/hash.ts'
import type { TextSource } from '../content/text/text.ts'
import type { Effort, Understanding } from '../content/understanding-schema.ts'
import type { RunStatus } from '../ledger/run-end.ts'
import type { ReviewStatus } from './records.ts'

type PublishedStatus = Understanding['status']

interface TenantTable {
  tenant: string
  last_seq: number
}

interface IdempotencyKeyTable {
  tenant: string
  key: string
  body_hash: Sha256
  run_id: string
  created_at: number
}

interface OutboxPositionTable {
  tenant: string
  consumer: string
  seq: number
}

interface OutboxFailureTable {
  tenant: string
  consumer: string
  item_id: string
  seq: number
  tries: number
  set_aside: boolean
  reason: string
}

interface ItemTable {
  tenant: string
  id: string
  kind: ItemKind
  title: string
  item_blob: Sha256
  created_at: number
  updated_at: number
  version: number | null
  seq: number | null
  status: PublishedStatus | null
  run_id: string | null
  published_at: number | null
  intake_hash: string | null
}

interface TextTable {
  tenant: string
  item_id: string
  hash: Sha256
  source: TextSource
  normaliser: number
  packed: boolean
  body: Buffer
}

interface UnderstandingTable {
  tenant: string
  item_id: string
  version: number
  seq: number
  run_id: string
  status: PublishedStatus
  published_at: number
  packed: boolean
  body: Buffer
}

interface LabelTable {
  tenant: string
  item_id: string
  /** Only the labels of the current version count. */
  version: number
  facet: string
  key: string
  taxonomy: string | null
  label_id: string | null
  name: string
  score: number | null
  origin: Origin
}

interface FacetTable {
  tenant: string
  item_id: string
  facet: string
  run_id: string
  version: number
  fingerprint: string
  draft: string
  provenance: string
  created_at: number
}

interface DecisionTable {
  tenant: string
  item_id: string
  facet: string
  key: string
  action: DecisionAction
  value: string
  note: string | null
  decided_by: string
  decided_at: number
}

interface ReviewTable {
  tenant: string
  id: string
  item_id: string
  facet: string
  key: string
  question: string
  status: ReviewStatus
  run_id: string
  version: number
  opened_at: number
  action: DecisionAction | null
  value: string | null
  note: string | null
  decided_by: string | null
  decided_at: number | null
}

interface RunTable {
  tenant: string
  id: string
  item_id: string
  item_blob: Sha256
  effort: Effort
  config: string
  requested: string | null
  parent_run_id: string | null
  status: RunStatus
  attempt: number
  owner: string | null
  lease_until: number | null
  cancel_requested: boolean
  created_at: number
  started_at: number | null
  finished_at: number | null
  error: string | null
  outcome: string | null
  version: number | null
  derived: string | null
  usd: number | null
  input_tokens: number | null
  cached_tokens: number | null
  output_tokens: number | null
  estimated: boolean | null
  steps: number | null
  exchanges: number | null
  failed_nodes: string[] | null
  models: string[] | null
  prompts: string[] | null
}

interface ChunkTable {
  tenant: string
  run_id: string
  seq: Generated<number>
  packed: boolean
  body: Buffer
  shared: Sha256[]
}

interface ErasureTable {
  tenant: string
  item_id: string
  seq: number
  erased_at: number
}

interface BlobTable {
  tenant: string
  item_id: string
  hash: Sha256
  packed: boolean
  body: Buffer
}

/** The tables of the database. In each, the tenant comes first. */
export interface Tables {
  outbox_positions: OutboxPositionTable
  outbox_failures: OutboxFailureTable
  idempotency_keys: IdempotencyKeyTable
  tenants: TenantTable
  items: ItemTable
  texts: TextTable
  understandings: UnderstandingTable
  labels: LabelTable
  facets: FacetTable
  decisions: DecisionTable
  reviews: ReviewTable
  runs: RunTable
  chunks: ChunkTable
  blobs: BlobTable
  erasures: ErasureTable
}
