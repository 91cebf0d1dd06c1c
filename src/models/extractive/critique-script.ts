import { z } from 'zod'
import type { CritiqueAnswer } from '../../content/answers.ts'
import { Facet } from '../../content/labels/label-types.ts'
import { contentStems, wordsOf } from '../../signals/reading/reading-words.ts'
import { speaksOf } from '../../signals/topics/topic-lexicon.ts'
import type { Move, Script, TaskOf, ToolResult } from './agent-script.ts'
import type { ReviewedClaim } from './agent-task.ts'

type CritiqueFinding = CritiqueAnswer['findings'][number]
type Objection = Pick<CritiqueFinding, 'severity' | 'message'>

const MOST_CHECKS = 4
const MOST_FINDINGS = 30
const WEAK = 0.3
/** The share of a statement's content words that its evidence has to contain. */
const COVERED = 0.34
const TAXONOMY = 'iab-content-3.1'

const Checked = z.object({ match: z.enum(['verbatim', 'drift', 'none']) })
const CheckedQuote = z.object({ quote: z.string() })

const quotesOf = ({ evidence }: ReviewedClaim): string => evidence.map(({ quote }) => quote).join('\n')
const quotedLabel = ({ label }: ReviewedClaim): string => `"${label.replaceAll('"', "'").slice(0, 160)}"`

/** Looks up the quotes that differ slightly from the text; all others were verified word for word. */
function checks(claims: readonly ReviewedClaim[]): Move[] {
  const drifted = claims.flatMap(({ evidence }) =>
    evidence.filter(({ match, segment }) => match === 'drift' && segment !== null),
  )
  return drifted
    .slice(0, MOST_CHECKS)
    .map(({ quote, segment }) => ({ name: 'check_evidence', args: { segment, quote: quote.slice(0, 600) } }))
}

function isRefuted({ evidence }: ReviewedClaim, results: readonly ToolResult[]): boolean {
  const absent = results.flatMap(({ name, args, content }) => {
    const asked = CheckedQuote.safeParse(args)
    const isAbsent = name === 'check_evidence' && Checked.safeParse(content).data?.match === 'none'
    return isAbsent && asked.success ? [asked.data.quote] : []
  })
  return evidence.length > 0 && evidence.every(({ quote }) => absent.includes(quote.slice(0, 600)))
}

type Wording = (claim: ReviewedClaim, quotes: string) => Objection | null

/** The checks of a claim's words, by the agent that made the claim. */
const WORDINGS = new Map<string, Wording>([
  [
    'topics',
    (claim, quotes) => {
      if (speaksOf(TAXONOMY, claim.label.split(' > '), quotes)) return null
      return {
        severity: 'revise',
        message: `${quotedLabel(claim)}: none of the quotes has a word of that subject; a broader topic may hold.`,
      }
    },
  ],
  [
    'entities',
    (claim, quotes) => {
      const quoted = new Set(wordsOf(quotes))
      const words = wordsOf(claim.label.replace(/ \([a-z]+\)$/, ''))
      if (words.length === 0 || words.some((word) => quoted.has(word))) return null
      return { severity: 'drop', message: `${quotedLabel(claim)}: the name does not stand in the quotes.` }
    },
  ],
  [
    'summary',
    (claim, quotes) => {
      const quoted = new Set(contentStems(quotes))
      const stems = [...new Set(contentStems(claim.label))]
      if (stems.length === 0 || stems.filter((stem) => quoted.has(stem)).length / stems.length >= COVERED) return null
      return { severity: 'drop', message: `${quotedLabel(claim)}: the quotes do not say this.` }
    },
  ],
])

/** Finds labels of two agents that contradict each other. The attribute is the weaker measure, so the objection is to it. */
function contradiction(claim: ReviewedClaim, claims: readonly ReviewedClaim[]): Objection | null {
  const categories = claims.filter(({ agent }) => agent === 'suitability').map(({ label }) => label)
  const has = (pattern: RegExp): string | undefined => categories.find((label) => pattern.test(label))
  const against = (category: string): Objection => ({
    severity: 'revise',
    message: `${quotedLabel(claim)} does not go together with "${category.slice(0, 160)}".`,
  })
  const profane = has(/^Obscenity/)
  const adult = has(/^(?:Adult|Hate Speech|Terrorism)/)
  if (claim.label === 'explicit: clean' && profane !== undefined) return against(profane)
  if (claim.label === 'audience: children' && adult !== undefined) return against(adult)
  return null
}

function objections(
  claim: ReviewedClaim,
  agent: Facet,
  claims: readonly ReviewedClaim[],
  results: readonly ToolResult[],
): Objection[] {
  if (claim.evidence.length === 0) return [{ severity: 'drop', message: `${quotedLabel(claim)} has no evidence.` }]
  if (isRefuted(claim, results))
    return [{ severity: 'drop', message: `${quotedLabel(claim)}: its quotes are not in the text.` }]
  const earlier = claims.slice(0, claims.indexOf(claim))
  const isSame = (other: ReviewedClaim): boolean =>
    other.agent === agent && other.label.toLowerCase() === claim.label.toLowerCase()
  if (earlier.some(isSame))
    return [{ severity: 'drop', message: `${claim.pointer} repeats a claim that stands before it.` }]
  const weak: Objection | null =
    claim.score !== null && claim.score < WEAK && agent !== 'entities'
      ? { severity: 'contest', message: `${quotedLabel(claim)} has little support (score ${claim.score.toFixed(2)}).` }
      : null
  return [WORDINGS.get(agent)?.(claim, quotesOf(claim)) ?? null, contradiction(claim, claims), weak]
    .flatMap((one) => one ?? [])
    .slice(0, 1)
}

/**
 * Checks the claims like a strict reader: is there evidence, does it mention the label, do labels repeat or contradict one
 * another, is the measured support too weak. It judges words, not truth.
 */
export const critiqueScript: Script<TaskOf<'critique'>, CritiqueAnswer> = {
  ask: ({ claims }, results) => (results.length > 0 ? [] : checks(claims)),
  answer({ claims }, results) {
    const findings = claims.flatMap((claim): CritiqueFinding[] => {
      const agent = Facet.safeParse(claim.agent)
      if (!agent.success) return []
      return objections(claim, agent.data, claims, results).map(({ severity, message }) => ({
        agent: agent.data,
        pointer: claim.pointer,
        severity,
        message: message.slice(0, 600),
      }))
    })
    return { findings: findings.slice(0, MOST_FINDINGS) }
  },
  abstain: () => ({ findings: [] }),
}
