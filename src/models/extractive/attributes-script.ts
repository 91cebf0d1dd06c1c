import { z } from 'zod'
import { AttributesAnswer } from '../../content/answers.ts'
import type { AttributeName } from '../../content/labels/attribute-label.ts'
import type { ToldFinding } from '../../content/understanding-schema.ts'
import type { AttributeCandidate } from '../../signals/candidates.ts'
import { resultsFrom, type Script, type TaskOf } from './agent-script.ts'

const MIN_SCORE = 0.38
const NAMES = ['format', 'tone', 'audience', 'explicit'] as const satisfies readonly AttributeName[]

const Metadata = z.object({ metadata: z.object({ explicit: z.boolean() }) })

function isContested(findings: readonly ToldFinding[], name: AttributeName, value: string): boolean {
  return findings.some(
    ({ agent, pointer, severity, message }) =>
      agent === 'attributes' &&
      severity !== 'info' &&
      pointer.startsWith(`/attributes/${name}`) &&
      // After a revision, the finding still refers to the previous value.
      (!message.includes('"') || message.includes(`"${value}"`)),
  )
}

function choose(
  { candidates, findings }: TaskOf<'attributes'>,
  name: AttributeName,
  isPossible: (candidate: AttributeCandidate) => boolean,
): AttributeCandidate | undefined {
  const own = candidates.filter((candidate) => candidate.name === name && candidate.evidence.length > 0)
  const possible = own.filter((candidate) => candidate.score >= MIN_SCORE && isPossible(candidate))
  const [best] = possible
  if (best === undefined || !isContested(findings, name, best.value)) return best
  return possible.find((candidate) => candidate !== best && !isContested(findings, name, candidate.value))
}

/** Reads the metadata, then submits the best supported value of each attribute. An item that is declared explicit is never called clean. */
export const attributesScript: Script<TaskOf<'attributes'>, AttributesAnswer> = {
  ask: ({ candidates }, results) =>
    results.length > 0 || candidates.length === 0 ? [] : [{ name: 'read_metadata', args: {} }],
  answer(task, results) {
    const isDeclaredExplicit = resultsFrom(results, 'read_metadata', Metadata).some(({ metadata }) => metadata.explicit)
    const chosen = NAMES.flatMap((name) => {
      const best = choose(task, name, ({ value }) => !(isDeclaredExplicit && value === 'clean'))
      return best === undefined ? [] : [[name, { value: best.value, evidence: best.evidence.slice(0, 6) }]]
    })
    const answer = AttributesAnswer.safeParse(Object.fromEntries(chosen))
    return answer.success ? answer.data : {}
  },
  abstain: () => ({}),
}
