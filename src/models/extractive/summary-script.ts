import { z } from 'zod'
import type { SummaryAnswer } from '../../content/answers.ts'
import { parseTranscriptBlock } from '../../content/transcript/transcript-block.ts'
import type { ClaimCandidate } from '../../signals/candidates.ts'
import type { Move, Script, TaskOf, ToolResult } from './agent-script.ts'
import { demands } from './finding-replies.ts'

const MIN_CLAIMS = 4
const MAX_CLAIMS = 8
const SHORT_ITEM_CLAIMS = 2
/** One more claim for this many words of transcript. */
const WORDS_A_CLAIM = 900

const Checked = z.object({ match: z.enum(['verbatim', 'drift', 'none']) })
const CheckedQuote = z.object({ quote: z.string() })

function wantedClaims(task: TaskOf<'summary'>): number {
  const words = parseTranscriptBlock(task.transcript).reduce((sum, { text }) => sum + text.split(' ').length, 0)
  return Math.max(MIN_CLAIMS, Math.min(MAX_CLAIMS, Math.round(words / WORDS_A_CLAIM)))
}

const quoteOf = (claim: ClaimCandidate): string | undefined => claim.evidence[0]?.quote

/** The claims of the first answer. The next best claims replace those to which findings object. */
function chosen(task: TaskOf<'summary'>): ClaimCandidate[] {
  const count = wantedClaims(task)
  const first = task.candidates.slice(0, count).sort(byPlace(task))
  const demanded = demands(
    task.findings,
    'summary',
    first.map(({ text }) => ({ names: [text] })),
  )
  const rejected = new Set([...demanded].flatMap(([index]) => first[index] ?? []))
  return task.candidates.filter((claim) => !rejected.has(claim)).slice(0, count)
}

function byPlace({ item }: TaskOf<'summary'>): (a: ClaimCandidate, b: ClaimCandidate) => number {
  const placeOf = ({ evidence: [first] }: ClaimCandidate): number =>
    first?.segment ?? (first?.quote === undefined ? 0 : item.description.indexOf(first.quote))
  return (a, b) => placeOf(a) - placeOf(b)
}

function checks(claims: readonly ClaimCandidate[]): Move[] {
  return claims.flatMap(({ evidence }) => {
    const [first] = evidence
    if (first?.quote === undefined || first.segment === null) return []
    return [{ name: 'check_evidence', args: { segment: first.segment, quote: first.quote } }]
  })
}

// The quotes that the tool did not find at all. A check that failed to run proves nothing.
function notFound(results: readonly ToolResult[]): Set<string> {
  return new Set(
    results.flatMap(({ name, args, content }) => {
      const quote = CheckedQuote.safeParse(args).data?.quote
      const isMissing = name === 'check_evidence' && Checked.safeParse(content).data?.match === 'none'
      return isMissing && quote !== undefined ? [quote] : []
    }),
  )
}

/** Picks the best claims, checks each quote, and submits the claims in the order of the item. The best two form the short summary. */
export const summaryScript: Script<TaskOf<'summary'>, SummaryAnswer> = {
  ask: (task, results) => (results.some(({ name }) => name === 'check_evidence') ? [] : checks(chosen(task))),
  answer: (task, results) => {
    const missing = notFound(results)
    const quoted = chosen(task).filter((claim) => !missing.has(quoteOf(claim) ?? ''))
    const short = new Set(quoted.slice(0, SHORT_ITEM_CLAIMS))
    return {
      claims: [...quoted]
        .sort(byPlace(task))
        .map((claim) => ({ text: claim.text, evidence: claim.evidence, short: short.has(claim) })),
    }
  },
  abstain: () => ({ claims: [] }),
}
