import type { Item } from '../content/item.ts'
import type { Understanding } from '../content/understanding-schema.ts'
import type { Derived } from '../database/records.ts'
import type { RecordedRun } from '../ledger/recorded-run.ts'
import type { RunConfiguration } from '../ledger/run-configuration-schema.ts'
import type { RunStatus } from '../ledger/run-end.ts'
import { RecordingError } from './recording-errors.ts'

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

/** One run with everything that a replay needs. It comes from a file or from the database. */
export interface Recording extends RecordedRun {
  readonly run: RecordedRunHead
  readonly configuration: RunConfiguration
  readonly item: Item
  /** What the run published. Null if it published nothing. */
  readonly document: Understanding | null
  /** Segments and local vectors. They are used only if text hash, version and vector space are those of today. */
  readonly derived: readonly Derived[]
  /** True: texts were left out. The recording can be looked at, but not replayed. */
  readonly redacted: boolean
}

/** Returns a recording that can be replayed. @throws {RecordingError} `redacted` */
export function requireWhole(recording: Recording): Recording {
  if (!recording.redacted) return recording
  throw new RecordingError(
    'redacted',
    `the texts of the recording of run ${recording.run.id} were left out, so it cannot be replayed; record the run again without --redact`,
  )
}
