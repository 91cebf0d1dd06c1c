import { z } from 'zod'
import { DECISION_ACTIONS } from '../../content/decision-action.ts'
import type { Decision } from '../../database/records.ts'
import { type RecordedRun, recordedValue } from '../../ledger/recorded-run.ts'
import { json } from './to-json.ts'
import type { WhyDecision } from './why-answer.ts'

const Known = z.object({
  decisions: z.array(
    z.object({ facet: z.string(), key: z.string(), action: z.enum(DECISION_ACTIONS), at: z.number() }),
  ),
})

/** A person's decision about a label, and whether the run that published it knew of it. */
export function decisionAbout(
  { facet, key }: { facet: string; key: string },
  decisions: readonly Decision[],
  publishing: RecordedRun | undefined,
): WhyDecision | null {
  const decision = decisions.find((one) => one.facet === facet && one.key === key)
  if (decision === undefined) return null
  const { action, by, at, note, value } = decision
  const known = publishing === undefined ? null : knownTo(publishing)
  const applied = known === null || known.some((one) => one.facet === facet && one.key === key && one.at === at)
  return { action, by, at: new Date(at).toISOString(), note, value: json(value), applied }
}

/** The decisions that a run knew when it began. Null if that is not recorded. */
function knownTo(run: RecordedRun): z.infer<typeof Known>['decisions'] | null {
  const known = run.exchanges.find(({ kind }) => kind === 'known')
  return (known && Known.safeParse(recordedValue(run, known.response)).data?.decisions) ?? null
}
