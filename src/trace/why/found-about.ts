import { z } from 'zod'
import { Labels } from '../../../graphs/labels/drafts.ts'
import { labelText } from '../../../graphs/labels/label-text.ts'
import { pointerOf } from '../../../graphs/labels/reviewed-claims.ts'
import { Finding } from '../../content/understanding-schema.ts'
import type { RecordedRun } from '../../ledger/recorded-run.ts'
import { stepStates } from '../step-states.ts'
import { identityOf, type LabelIdentity } from './same-label.ts'
import type { WhyFinding } from './why-answer.ts'

const Assembled = z.record(z.string(), Labels).nullable().catch(null)
const Findings = z
  .object({ findings: z.array(Finding) })
  .optional()
  .catch(undefined)

/** A label as it stood among those of its facet when verifier or critic looked at it. */
interface Standing {
  pointer: string
  key: string
  /** What it says, in the verifier's words. */
  text: string
}

/** What verifier and critic found about a label, and about others of the same answer, in every round of a run. */
export function foundAbout(label: LabelIdentity, run: RecordedRun, runId: string): WhyFinding[] {
  return stepStates(run).flatMap(({ step, before, update }) => {
    const found = [Findings.parse(update?.verification), Findings.parse(update?.judgement)]
    const about = found.flatMap((one) => one?.findings ?? []).filter(({ agent }) => agent === label.facet)
    if (about.length === 0) return []
    const standing = standingIn(before.assembled, label)
    return about.map((finding) => ({
      ...finding,
      run: runId,
      round: step.visit,
      about: standing !== null && isAbout(finding, standing) ? ('label' as const) : ('facet' as const),
    }))
  })
}

/** Where a label stands in an assembled version; null where it is not in it. */
export function standingIn(assembled: unknown, { facet, id }: LabelIdentity): Standing | null {
  const labels = Assembled.parse(assembled)?.[facet]
  if (labels === undefined || labels.facet !== facet) return null
  const standing = standings(labels).find(({ identity }) => identity === id)
  return standing ?? null
}

function standings(labels: Exclude<Labels, { facet: 'extra' }>): (Standing & { identity: string | null })[] {
  const at = <L extends { key: string }>(label: L, n: number, text: string, name?: string) => ({
    identity: identityOf(labels.facet, label),
    pointer: pointerOf(labels.facet, n, name),
    key: label.key,
    text,
  })
  switch (labels.facet) {
    case 'topics':
      return labels.labels.map((label, n) => at(label, n, labelText.topics(label)))
    case 'entities':
      return labels.labels.map((label, n) => at(label, n, labelText.entities(label)))
    case 'suitability':
      return labels.labels.map((label, n) => at(label, n, labelText.suitability(label)))
    case 'summary':
      return labels.labels.map((label, n) => at(label, n, labelText.summary(label)))
    case 'attributes':
      return labels.labels.map((label, n) => at(label, n, labelText.attributes(label), label.name))
    case 'chapters':
      return labels.labels.map((label, n) => at(label, n, label.title))
  }
}

/** The critic points at labels; the verifier, whose findings outlive them, names them. */
function isAbout({ by, pointer, message }: Finding, standing: Standing): boolean {
  return by === 'critique' ? pointer === standing.pointer : message.includes(`"${standing.text.slice(0, 120)}"`)
}
