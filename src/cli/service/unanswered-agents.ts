import { RecordedFailure } from '../../trace/conversation.ts'
import { draftsIn, plannedIn, type RecordedDraft } from '../../trace/recorded-state.ts'
import { explainError } from '../terminal/exit-code.ts'
import type { ExchangeView, RunView, StepView } from './service-answers.ts'
import type { Client } from './service-client.ts'

/**
 * Why a run that asked models got nothing of them, as a line for stderr; null where an agent came to an answer, where none was
 * asked, and where what earlier runs were answered stands in it. What such a run publishes says nothing of its item: it is partial
 * by accident, and not because something about the item is missing.
 */
export async function whyUnanswered(client: Client, run: RunView): Promise<string | null> {
  if (run.status !== 'partial' || run.summary?.failedNodes.length === 0) return null
  const { steps = [] } = (await client.steps(run.id)) ?? {}
  if (reusesAnswers(steps)) return null
  // What a fork was served was answered before it began.
  const asked = ({ kind, startedAt }: ExchangeView) =>
    kind === 'chat' && Date.parse(startedAt) >= Date.parse(run.startedAt ?? run.createdAt)
  const asking = steps.filter(({ exchanges }) => exchanges.some(asked))
  const chats = asking.flatMap(({ exchanges }) => exchanges.filter(asked))
  const [first] = chats
  if (first === undefined) return null
  if (chats.every(({ outcome }) => outcome === 'error')) {
    const failed = await client.exchange(run.id, first.name)
    const why = RecordedFailure.safeParse(failed?.response).data?.message ?? 'every call failed'
    return `no model answered: ${explainError(why).line}; \`linernotes doctor\` says what is wrong`
  }
  const why = whyNoAgentAnswered(asking)
  if (why === null) return null
  return `no agent came to an answer: ${explainError(why).line}; \`linernotes trace ${run.id}\` shows what the model said`
}

/** The reason of the first, where every agent that asked a model abstained and could have answered. */
function whyNoAgentAnswered(asking: readonly StepView[]): string | null {
  const drafts = new Map(
    asking.flatMap(({ node, update }): [string, RecordedDraft][] => {
      const draft = draftsIn(update).get(node)
      return draft === undefined ? [] : [[node, draft]]
    }),
  )
  const all = [...drafts.values()]
  const failed = all.find(({ again }) => again === true)
  if (failed === undefined || all.some(({ status }) => status !== 'abstained')) return null
  return failed.reason ?? 'every answer was rejected'
}

/** Whether the run's plan takes over what an earlier run was answered. */
function reusesAnswers(steps: readonly StepView[]): boolean {
  return steps.some(({ update }) =>
    [...plannedIn(update).values()].some(({ action, abstained }) => action === 'reuse' && abstained === undefined),
  )
}
