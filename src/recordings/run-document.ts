import { z } from 'zod'
import { TextHash } from '../content/text/text.ts'
import { Understanding } from '../content/understanding-schema.ts'
import type { RunRecord } from '../database/records.ts'
import type { Repositories } from '../database/repositories.ts'
import { type RecordedRun, recordedValue } from '../ledger/recorded-run.ts'

/** What a fork leaves: where in its ledger its document stands. */
export const KeptOutcome = z.strictObject({ document: TextHash })
export type KeptOutcome = z.infer<typeof KeptOutcome>

/** The document that a run made: the version it published, or what a fork kept; null where it made none. */
export async function documentOfRun(
  { understandings }: Pick<Repositories, 'understandings'>,
  { itemId, version, outcome }: Pick<RunRecord, 'itemId' | 'version' | 'outcome'>,
  recorded: RecordedRun,
): Promise<Understanding | null> {
  if (version !== null) return understandings.version(itemId, version)
  const kept = KeptOutcome.safeParse(outcome).data
  return kept === undefined ? null : (Understanding.safeParse(recordedValue(recorded, kept.document)).data ?? null)
}
