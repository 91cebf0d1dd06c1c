import type { Effort, Finding } from '../../src/content/understanding.ts'
import { askAgent } from '../agents/ask-agent.ts'
import { critique as critic } from '../agents/critique.ts'
import { AGENT_NAMES } from '../agents/registry.ts'
import { Review, type Usage } from '../drafts.ts'
import { critiqueFingerprint } from '../fingerprints.ts'
import { placesOf } from '../resolve-evidence.ts'
import { reviewedClaims } from '../reviewed-claims.ts'
import type { Judgement, State } from '../state.ts'
import type { NodeFunction, NodeRun } from '../step.ts'

/** Rounds after the first that an effort allows. */
const REVISIONS: Record<Effort, number> = { quick: 0, standard: 1, thorough: 2 }
/** A label below this is worth a second look. */
const LOW_SCORE = 0.45

/** Has claims judged where the effort asks for it, and names the agents that run again while rounds are left. */
export const critique: NodeFunction = async (state, run) => {
  const fingerprint = critiqueFingerprint(critic, facetFingerprints(state), run)
  const stored = run.workspace.earlier.get('critique')
  const earlier = stored?.fingerprint === fingerprint ? Review.safeParse(stored.draft).data : undefined
  if (earlier !== undefined && state.round === 0) {
    return { judgement: { ...judge(earlier.findings, state, run), fingerprint, reused: true, usage: null } }
  }
  if (!worthAsking(state, run.settings.effort)) {
    const { verdict, ...rest } = judge([], state, run)
    const skipped = verdict === 'accepted' ? ('skipped' as const) : verdict
    return { judgement: { ...rest, verdict: skipped, fingerprint: null, reused: false, usage: null } }
  }
  const { findings, usage } = await ask(state, run)
  return { judgement: { ...judge(findings, state, run), fingerprint, reused: false, usage } }
}

function facetFingerprints({ planned }: State): string[] {
  return Object.values(planned?.facets ?? {}).flatMap((facet) => (facet.action === 'skip' ? [] : [facet.fingerprint]))
}

function worthAsking({ assembled, verification }: State, effort: Effort): boolean {
  const labels = Object.values(assembled ?? {})
  if (labels.every((each) => each.labels.length === 0)) return false
  switch (effort) {
    case 'quick':
      return false
    case 'thorough':
      return true
    case 'standard':
      return (
        (verification?.findings.length ?? 0) > 0 ||
        labels.some((each) => each.facet === 'suitability' && each.labels.some(({ risk }) => risk !== 'low')) ||
        labels.some((each) => each.facet === 'topics' && each.labels.some(({ score }) => score < LOW_SCORE))
      )
  }
}

async function ask(state: State, run: NodeRun): Promise<{ findings: Finding[]; usage: Usage }> {
  const claims = reviewedClaims(state.assembled ?? {}, placesOf(state, run))
  const { reading } = placesOf(state, run)
  const call = {
    agent: critic,
    reading,
    claims,
    findings: state.verification?.findings ?? [],
    round: state.round,
    transcript: state.planned?.reading ?? ('whole' as const),
  }
  const first = await askAgent({ ...call, model: run.ports.chat('critique') }, run)
  if (first.kind === 'abstained') {
    run.workspace.notes.push(`the critic abstained: ${first.reason}`)
    return { findings: [], usage: first.usage }
  }
  const second = run.ports.secondOpinion()
  const contested = first.result.filter(({ severity }) => severity === 'contest')
  if (run.settings.effort !== 'thorough' || second === null || contested.length === 0)
    return { findings: first.result, usage: first.usage }
  const disputed = claims.filter(({ pointer }) => contested.some((finding) => finding.pointer === pointer))
  const other = await askAgent({ ...call, claims: disputed, model: second }, run)
  return {
    findings: other.kind === 'answered' ? agreed(first.result, other.result, second.name) : first.result,
    usage: first.usage,
  }
}

/** A label stays contested only where the second model objects to it too. */
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
  const revise = AGENT_NAMES.filter((name) => named.includes(name))
  if (revise.length > 0 && state.round < REVISIONS[settings.effort]) return { verdict: 'revise', findings, revise }
  const contested = findings.some(({ severity }) => severity !== 'info')
  return { verdict: contested ? 'contested' : 'accepted', findings, revise: [] }
}
