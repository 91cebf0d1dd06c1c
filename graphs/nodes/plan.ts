import { modelFor } from '../../src/ledger/run-configuration-schema.ts'
import { estimateTokens } from '../../src/models/tokens.ts'
import { KeptDraft } from '../agents/agent-draft.ts'
import type { Agent } from '../agents/define-agent.ts'
import { AGENTS } from '../agents/registry.ts'
import { hasPublisherChapters, PUBLISHER_CHAPTERS } from '../labels/publisher-labels.ts'
import { facetFingerprint } from '../plan/fingerprints.ts'
import type { FacetPlan, State } from '../state.ts'
import type { NodeFunction, NodeRun } from '../step.ts'

/** Tokens that a prompt needs besides the transcript: shared text, task, candidates, tool results, answer. */
const PROMPT_RESERVE_TOKENS = 9000

/** Decides from the item, its texts and what is known which path is taken, and which facets run or are reused. */
export const plan: NodeFunction = (state, run) => {
  const path = state.segmentation === null ? ('metadata' as const) : ('full' as const)
  const promptTokens = estimateTokens(run.workspace.block())
  const context = Math.min(...AGENTS.map(({ name }) => modelFor(run.settings.ports, name).contextTokens))
  const reading =
    promptTokens + Math.min(PROMPT_RESERVE_TOKENS, context / 2) > context ? ('outline' as const) : ('whole' as const)
  return {
    planned: {
      path,
      reading,
      promptTokens,
      facets: Object.fromEntries(AGENTS.map((agent) => [agent.name, planFacet(agent, state, run)])),
    },
  }
}

function planFacet(agent: Agent<unknown>, state: State, run: NodeRun): FacetPlan {
  const { settings, workspace } = run
  if (agent.facet === 'chapters' && hasPublisherChapters(run)) return { action: 'skip', why: PUBLISHER_CHAPTERS }
  if (agent.facet === 'chapters' && state.segmentation === null)
    return { action: 'skip', why: 'there is no transcript' }
  // Without words, no label can have words that support it.
  if (Object.keys(state.texts).length === 0) return { action: 'skip', why: 'there is no text to read' }
  const fingerprint = facetFingerprint(agent, state, run)
  if (settings.requested.includes(agent.name)) return { action: 'run', why: 'requested', fingerprint }
  const earlier = workspace.intake.get().earlier.get(agent.name)
  if (earlier === undefined) return { action: 'run', why: 'first', fingerprint }
  const earlierDraft = KeptDraft.safeParse(earlier.draft).data
  if (earlier.fingerprint !== fingerprint || earlierDraft === undefined)
    return { action: 'run', why: 'changed', fingerprint }
  const abstained = 'abstained' in earlierDraft ? { abstained: earlierDraft.abstained } : {}
  return { action: 'reuse', fingerprint, run: earlier.runId, ...abstained }
}
