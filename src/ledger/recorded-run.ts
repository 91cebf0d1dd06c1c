import type { Sha256 } from '../content/text/hash.ts'
import { expand } from './canonical.ts'
import type { Exchange, Step } from './exchange.ts'

/** All that the ledger holds of one run, at hand in memory. */
export interface RecordedRun {
  /** In order of (superstep, node, visit). */
  readonly steps: readonly Step[]
  /** In the order in which they were written. */
  readonly exchanges: readonly Exchange[]
  /** Text of a blob that a step or exchange names, or that such a blob names; undefined where it is gone. */
  blob(hash: Sha256): string | undefined
}

/** The JSON value behind a hash, with the strings that were lifted out of it put back; undefined where the blob is gone. */
export function recordedValue(run: Pick<RecordedRun, 'blob'>, hash: Sha256): unknown {
  const json = run.blob(hash)
  return json === undefined ? undefined : expand(json, run.blob)
}
