import type { FacetLabels } from '../../src/content/labels/label-types.ts'
import type { Finding } from '../../src/content/understanding-schema.ts'
import { messageOf } from '../../src/content/validation/error-message.ts'
import { isFatal } from '../../src/ledger/interruptions.ts'
import type { Draft } from '../agents/agent-draft.ts'
import { type AgentCall, askAgent, promptOf } from '../agents/ask-agent.ts'
import type { Agent } from '../agents/define-agent.ts'
import { addUsage, nothingUsed } from '../agents/usage.ts'
import type { State, Update } from '../state.ts'
import type { NodeFunction, NodeRun } from '../step.ts'
import { readIn } from '../workspace.ts'

/**
 * The one wrapper of all agents. If anything fails in an agent, it abstains with the reason, and the other agents go on. Only what the run
 * itself must handle (a divergence, a lost lease, an abort) is thrown on. If a revision fails, the labels of the round before stay.
 */
export function agentNode(agent: Agent<FacetLabels>): NodeFunction {
  return async (state, run) => {
    const model = run.ports.chat(agent.name)
    const call = {
      agent,
      model,
      ...readIn(run.workspace),
      claims: [],
      findings: findingsFor(state, agent.name),
      round: state.round,
      previous: answeredBefore(state, agent.name),
      transcript: state.planned?.reading ?? ('whole' as const),
    }
    return revised(state.drafts[agent.name], await draftOf(call, run), agent.name)
  }
}

async function draftOf(call: AgentCall<FacetLabels>, run: NodeRun): Promise<Draft> {
  try {
    const answer = await askAgent(call, run)
    return answer.kind === 'answered'
      ? { status: 'answered', labels: answer.result, usage: answer.usage }
      : { status: 'abstained', reason: answer.reason, again: answer.again, usage: answer.usage }
  } catch (error) {
    if (isFatal(error) || run.signal.aborted) throw error
    const reason = messageOf(error)
    const usage = { ...nothingUsed(call.model.name, promptOf(call.agent, run)), costUsd: null }
    return { status: 'abstained', reason, again: true, usage }
  }
}

/** The findings of the verifier and the critic that an agent has to act on in its revision round. */
function findingsFor({ verification, judgement }: State, agent: string): Finding[] {
  return [...(verification?.findings ?? []), ...(judgement?.findings ?? [])].filter(
    (finding) => finding.agent === agent,
  )
}

/** The labels that the findings of the last round are about: those that were left after verification. */
function answeredBefore({ round, assembled }: State, agent: string): unknown {
  return round === 0 ? null : (assembled?.[agent]?.labels ?? null)
}

/** The draft of this round, with the usage of all rounds. An abstention does not replace an answer of an earlier round. */
function revised(earlier: Draft | undefined, draft: Draft, name: string): Update {
  if (earlier === undefined) return { drafts: { [name]: draft } }
  const usage = addUsage(earlier.usage, draft.usage)
  if (draft.status === 'answered' || earlier.status === 'abstained') return { drafts: { [name]: { ...draft, usage } } }
  return {
    drafts: { [name]: { ...earlier, unrevised: true, usage } },
    notes: [`${name} could not revise its answer: ${draft.reason}`],
  }
}
