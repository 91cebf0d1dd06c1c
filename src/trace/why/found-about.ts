import { z } from 'zod'
import { Finding } from '../../content/understanding-schema.ts'
import type { RecordedRun } from '../../ledger/recorded-run.ts'
import { stepStates } from '../step-states.ts'
import type { WhyFinding } from './why-answer.ts'

const Findings = z
  .object({ findings: z.array(Finding) })
  .optional()
  .catch(undefined)

/** What verifier and critic found about a label, and about others of the same answer, in every round of a run. */
export function foundAbout(
  { facet, key }: { facet: string; key: string },
  run: RecordedRun,
  runId: string,
): WhyFinding[] {
  return stepStates(run).flatMap(({ step, update }) =>
    [Findings.parse(update?.verification), Findings.parse(update?.judgement)]
      .flatMap((found) => found?.findings ?? [])
      .filter(({ agent }) => agent === facet)
      .map((finding) => ({
        ...finding,
        run: runId,
        round: step.visit,
        about: finding.key === key ? ('label' as const) : ('facet' as const),
      })),
  )
}
