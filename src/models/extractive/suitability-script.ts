import { z } from 'zod'
import type { SuitabilityAnswer } from '../../content/answers.ts'
import type { EvidenceRef } from '../../content/evidence/evidence-ref.ts'
import type { SuitabilityCandidate } from '../../signals/candidates.ts'
import type { Move, Script, TaskOf, ToolResult } from './agent-script.ts'
import { demands } from './finding-replies.ts'

const MIN_SCORE = 0.5
const MOST_CHECKS = 4

const Checked = z.object({ match: z.enum(['verbatim', 'drift', 'none']) })
const CheckedPlace = z.object({ segment: z.number(), quote: z.string() })

const supported = (candidates: readonly SuitabilityCandidate[]): SuitabilityCandidate[] =>
  candidates.filter(({ score, evidence }) => score >= MIN_SCORE && evidence.length > 0).slice(0, 12)

function checks(candidates: readonly SuitabilityCandidate[]): Move[] {
  const quoted = supported(candidates).flatMap(({ evidence }) =>
    evidence.flatMap(({ segment, quote }) => (segment === null || quote === undefined ? [] : [{ segment, quote }])),
  )
  return quoted.slice(0, MOST_CHECKS).map((args) => ({ name: 'check_evidence', args }))
}

/** The quotes that the tool did not find. Evidence with one of them is not submitted. */
function missingQuotes(results: readonly ToolResult[]): Set<string> {
  return new Set(
    results.flatMap(({ name, args, content }) => {
      const asked = CheckedPlace.safeParse(args)
      const checked = Checked.safeParse(content)
      const isMissing = name === 'check_evidence' && asked.success && checked.success && checked.data.match === 'none'
      return isMissing ? [`${asked.data.segment} ${asked.data.quote}`] : []
    }),
  )
}

/** Checks the quotes of the well-supported categories, then submits these categories. It submits nothing for an item without cues. */
export const suitabilityScript: Script<TaskOf<'suitability'>, SuitabilityAnswer> = {
  ask: ({ candidates }, results) => (results.length > 0 ? [] : checks(candidates)),
  answer({ candidates, findings }, results) {
    const chosen = supported(candidates)
    const asked = demands(
      findings,
      'suitability',
      chosen.map(({ name, category }) => ({ names: [name, category] })),
    )
    const absent = missingQuotes(results)
    const isThere = ({ segment, quote }: EvidenceRef): boolean => !absent.has(`${segment} ${quote}`)
    return {
      categories: chosen.flatMap(({ category, prevalence, treatment, evidence }, i) => {
        const found = evidence.filter(isThere).slice(0, 6)
        // The engine cannot argue, so it withdraws every label that the critic or the verifier objects to.
        return asked.has(i) || found.length === 0 ? [] : [{ category, prevalence, treatment, evidence: found }]
      }),
    }
  },
  abstain: () => ({ categories: [] }),
}
