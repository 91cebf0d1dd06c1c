import type { Item } from '../content/item.ts'
import type { Understanding } from '../content/understanding-schema.ts'
import type { Derived, RunStatus } from '../database/records.ts'
import type { RecordedRun } from '../ledger/recorded-run.ts'
import type { RunConfiguration } from '../ledger/run-configuration-schema.ts'
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

/** One run with everything that running it again without the world needs; as a file or straight from the database. */
export interface Recording extends RecordedRun {
  readonly run: RecordedRunHead
  readonly configuration: RunConfiguration
  readonly item: Item
  /** What the run published; null where it published nothing. */
  readonly document: Understanding | null
  /** Segments and local vectors, used only where text hash, version and vector space are today's. */
  readonly derived: readonly Derived[]
  /** True: texts were left out, so it can be looked at and not be replayed. */
  readonly redacted: boolean
}

/** For whoever runs a recording again. @throws {RecordingError} `redacted` */
export function requireWhole(recording: Recording): Recording {
  if (!recording.redacted) return recording
  throw new RecordingError(
    'redacted',
    `the texts of the recording of run ${recording.run.id} were left out, so there is nothing to run again; record the run once more without --redact`,
  )
}
