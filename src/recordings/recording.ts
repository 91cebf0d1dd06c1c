import type { Item } from '../content/item.ts'
import type { Understanding } from '../content/understanding.ts'
import type { Derived, RunStatus } from '../database/records.ts'
import type { RecordedRun } from '../ledger/recorded-run.ts'
import type { RunConfiguration } from './configuration.ts'

/** What a recording says of its run. Times are milliseconds since the epoch. */
export interface RecordedRunHead {
  id: string
  itemId: string
  parentRunId: string | null
  status: RunStatus
  createdAt: number
  startedAt: number | null
  finishedAt: number | null
  error: string | null
  version: number | null
}

/** One run with everything that running it again without the world needs; as a file or straight from the database. */
export interface Recording extends RecordedRun {
  readonly run: RecordedRunHead
  readonly configuration: RunConfiguration
  readonly item: Item
  /** What the run published; null where it published nothing. */
  readonly document: Understanding | null
  /** Segments and local vectors, used only where text hash, version and vector space are today's. */
  readonly derived: readonly Derived[]
}
