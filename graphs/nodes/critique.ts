import { labelType } from '../../src/content/labels/label-types.ts'
import type { Effort, Finding } from '../../src/content/understanding-schema.ts'
import { CriticDraft } from '../agents/agent-draft.ts'
import { type AgentResult, askAgent } from '../agents/ask-agent.ts'
import { critique as critic } from '../agents/critic.ts'
import type { KeyedClaim } from '../agents/define-agent.ts'
import { AGENT_NAMES } from '../agents/registry.ts'
import { addUsage } from '../agents/usage.ts'
import { placesOf } from '../labels/resolve-evidence.ts'
import { reviewedClaims } from '../labels/reviewed-claims.ts'
import { critiqueFingerprint } from '../plan/fingerprints.ts'
import type { Judgement, State } from '../state.ts'
import type { NodeFunction, NodeRun } from '../step.ts'
import { readIn } from '../workspace.ts'

/** How many rounds after the first an effort allows. */
const REVISIONS: Record<Effort, number> = { quick: 0, standard: 1, thorough: 2 }

/** Has claims judged if the effort asks for it. Names the agents that run again while rounds are left. */
export const critique: NodeFunction = async (state, run) => {
  const fingerprint = critiqueFingerprint(critic, facetFingerprints(state), run)
  const reused = reusable(fingerprint, state, run)
  if (reused !== null) return { judgement: { ...judge(reused, state, run), fingerprint, reused: true, usage: null } }
  const earlier = state.judgement?.usage ?? null
  const claims = reviewedClaims(state.assembled ?? {}, placesOf(state, run))
  if (!worthAsking(claims, state, run.settings.effort))
    return { judgement: { ...unjudged([], state, run), fingerprint: null, reused: false, usage: earlier } }
  const answer = await ask(claims, state, run)
  const usage = addUsage(earlier, answer.usage)
  const noteUpdate = answer.notes.length === 0 ? {} : { notes: answer.notes }
  // A critic that abstained has judged nothing in this round. Nothing of it is stored, and the next run asks again.
  if (answer.kind === 'abstained') {
    const abstained = { reason: answer.reason, again: answer.again }
    return {
      judgement: {
        ...unjudged(unchangedFindings(state), state, run),
        fingerprint: null,
        reused: false,
        usage,
        abstained,
      },
    }
  }
  return { judgement: { ...judge(answer.result, state, run), fingerprint, reused: false, usage }, ...noteUpdate }
}

/** Without the critic, only the verifier's findings count, and the critic's earlier ones that still hold. */
function unjudged(findings: Finding[], state: State, run: NodeRun): Pick<Judgement, 'verdict' | 'findings' | 'revise'> {
  const { verdict, ...rest } = judge(findings, state, run)
  return { ...rest, verdict: verdict === 'accepted' ? 'skipped' : verdict }
}

/** What the critic found in the round before about labels that have not changed. */
function unchangedFindings({ judgement, drafts }: State): Finding[] {
  if (judgement === null) return []
  const { findings, revise } = judgement
  const revised = revise.filter((name) => {
    const draft = drafts[name]
    return draft?.status === 'answered' && draft.unrevised !== true
  })
  return findings.filter(({ agent }) => !revised.some((name) => name === agent))
}

/**
 * The findings of an earlier run about exactly these facets, none of which ran again. Each finding is looked up by its label's key,
 * because people's decisions take labels out and put others in.
 */
function reusable(fingerprint: string, { assembled, drafts }: State, { workspace }: NodeRun): Finding[] | null {
  const stored = workspace.intake.get().earlier.get('critique')
  if (stored?.fingerprint !== fingerprint || Object.keys(drafts).length > 0) return null
  const review = CriticDraft.safeParse(stored.draft).data
  if (review === undefined) return null
  return review.findings.flatMap((finding) => {
    const { facet, labels = [] } = assembled?.[finding.agent] ?? {}
    const at = labels.findIndex(({ key }) => key === finding.key)
    const label = labels[at]
    return facet === undefined || label === undefined
      ? []
      : [{ ...finding, pointer: labelType(facet).pointer(label, at) }]
  })
}

function facetFingerprints({ planned }: State): string[] {
  return Object.values(planned?.facets ?? {}).flatMap((facet) => (facet.action === 'skip' ? [] : [facet.fingerprint]))
}

function worthAsking(
  claims: readonly KeyedClaim[],
  { assembled, verification, judgement }: State,
  effort: Effort,
): boolean {
  // The critic does not judge what publishers and people say. If there is nothing else, there is nothing to ask.
  if (claims.length === 0) return false
  const assembledLabels = Object.values(assembled ?? {})
  switch (effort) {
    case 'quick':
      return false
    case 'thorough':
      return true
    case 'standard':
      return (
        // A critic that judged the round before also judges the revision; otherwise its objections would be forgotten.
        (judgement !== null && judgement.usage !== null) ||
        (verification?.findings.length ?? 0) > 0 ||
        assembledLabels.some(({ facet, labels }) => labels.some((label) => labelType(facet).isDoubtful(label)))
      )
  }
}

type CriticAnswer = AgentResult<Finding[]> & { notes: string[] }

async function ask(claims: readonly KeyedClaim[], state: State, run: NodeRun): Promise<CriticAnswer> {
  const call = {
    agent: critic,
    ...readIn(run.workspace),
    claims,
    findings: state.verification?.findings ?? [],
    round: state.round,
    previous: null,
    transcript: state.planned?.reading ?? ('whole' as const),
  }
  const first = await askAgent({ ...call, model: run.ports.chat('critique') }, run)
  if (first.kind === 'abstained') return { ...first, notes: [] }
  const second = run.ports.secondOpinion()
  const contested = first.result.filter(({ severity }) => severity === 'contest')
  if (run.settings.effort !== 'thorough' || second === null || contested.length === 0) return { ...first, notes: [] }
  const disputed = claims.filter(({ pointer }) => contested.some((finding) => finding.pointer === pointer))
  const other = await askAgent({ ...call, claims: disputed, model: second }, run)
  return {
    kind: 'answered',
    result: other.kind === 'answered' ? agreed(first.result, other.result, second.name) : first.result,
    // The cost of both models, under the first one's name.
    usage: addUsage(other.usage, first.usage),
    notes: other.kind === 'abstained' ? [`${second.name} gave no second opinion: ${other.reason}`] : [],
  }
}

/** A label stays contested only if the second model objects to it too. */
function agreed(findings: readonly Finding[], others: readonly Finding[], by: string): Finding[] {
  const objected = new Set(others.filter(({ severity }) => severity !== 'info').map(({ pointer }) => pointer))
  return findings.map((finding) =>
    finding.severity === 'contest' && !objected.has(finding.pointer)
      ? { ...finding, severity: 'info', message: `${finding.message} (${by} does not object)` }
      : finding,
  )
}

function judge(
  findings: Finding[],
  state: State,
  { settings }: NodeRun,
): Pick<Judgement, 'verdict' | 'findings' | 'revise'> {
  const named = [...(state.verification?.findings ?? []), ...findings]
    .filter(({ severity }) => severity === 'revise')
    .map(({ agent }) => agent)
  // A reused facet was already revised in the run that made it.
  const revise = AGENT_NAMES.filter((name) => named.includes(name) && state.drafts[name]?.status === 'answered')
  if (revise.length > 0 && state.round < REVISIONS[settings.effort]) return { verdict: 'revise', findings, revise }
  const contested = findings.some(({ severity }) => severity !== 'info')
  return { verdict: contested ? 'contested' : 'accepted', findings, revise: [] }
}
