import type { Sha256 } from '../content/text/hash.ts'
import { expand } from './canonical.ts'
import type { Exchange, Step } from './exchange.ts'

/** Everything that the ledger holds of one run, in memory. */
export interface RecordedRun {
  /** Ordered by superstep, node and visit. */
  readonly steps: readonly Step[]
  /** In the order of writing. */
  readonly exchanges: readonly Exchange[]
  /** The text of a blob that a step, an exchange or another of these blobs names; undefined if it was removed. */
  blob(hash: Sha256): string | undefined
}

/** The JSON value of a hash with its lifted strings restored; undefined if the blob was removed. */
export function recordedValue(run: Pick<RecordedRun, 'blob'>, hash: Sha256): unknown {
  const json = run.blob(hash)
  return json === undefined ? undefined : expand(json, run.blob)
}
