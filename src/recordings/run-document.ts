import { z } from 'zod'
import { TextHash } from '../content/text/text.ts'
import { Understanding } from '../content/understanding-schema.ts'
import type { RunRecord } from '../database/records.ts'
import type { Repositories } from '../database/repositories.ts'
import { type RecordedRun, recordedValue } from '../ledger/recorded-run.ts'

/** The outcome of a fork: the blob in its ledger that holds its document. */
export const KeptOutcome = z.strictObject({ document: TextHash })
export type KeptOutcome = z.infer<typeof KeptOutcome>

/** The document that a run made: the version that it published, or the one that a fork kept. Null if it made none. */
export async function documentOfRun(
  { understandings }: Pick<Repositories, 'understandings'>,
  { itemId, version, outcome }: Pick<RunRecord, 'itemId' | 'version' | 'outcome'>,
  recorded: RecordedRun,
): Promise<Understanding | null> {
  if (version !== null) return understandings.version(itemId, version)
  const kept = KeptOutcome.safeParse(outcome).data
  return kept === undefined ? null : (Understanding.safeParse(recordedValue(recorded, kept.document)).data ?? null)
}
