import type { RecordedRun } from '../../ledger/recorded-run.ts'
import { findingsIn } from '../recorded-state.ts'
import { stepStates } from '../step-states.ts'
import type { WhyFinding } from './why-answer.ts'

/** What verifier and critic found about a label, and about others of the same answer, in every round of a run. */
export function foundAbout(
  { facet, key }: { facet: string; key: string },
  run: RecordedRun,
  runId: string,
): WhyFinding[] {
  return stepStates(run).flatMap(({ step, update }) =>
    findingsIn(update)
      .filter(({ agent }) => agent === facet)
      .map((finding) => ({
        ...finding,
        run: runId,
        round: step.visit,
        about: finding.key === key ? ('label' as const) : ('facet' as const),
      })),
  )
}
