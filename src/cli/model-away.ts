import { z } from 'zod'
import type { ExchangeView, RunView, StepView } from './answers.ts'
import type { Client } from './client.ts'
import { explainError } from './exit-code.ts'

const Failure = z.object({ message: z.string() })

const Planned = z.object({ planned: z.object({ facets: z.record(z.string(), z.object({ action: z.string() })) }) })

/**
 * Why no agent of a run got an answer; null where a model gave at least one, where none was asked, and where what earlier runs
 * were answered stands in it. What such a run publishes says nothing of its item: it is partial by accident, and not because
 * something about the item is missing.
 */
export async function whyNoModelAnswered(client: Client, run: RunView): Promise<string | null> {
  if (run.status !== 'partial' || run.summary?.failedNodes.length === 0) return null
  const steps = await client.steps(run.id)
  // What a fork was served was answered before it began.
  const asked = ({ kind, startedAt }: ExchangeView) =>
    kind === 'chat' && Date.parse(startedAt) >= Date.parse(run.startedAt ?? run.createdAt)
  const chats = (steps?.steps ?? []).flatMap(({ exchanges }) => exchanges.filter(asked))
  const [first] = chats
  if (steps?.steps.some(reusesFacets)) return null
  if (first === undefined || chats.some(({ outcome }) => outcome !== 'error')) return null
  const failed = await client.exchange(run.id, first.name)
  return Failure.safeParse(failed?.response).data?.message ?? 'every call failed'
}

function reusesFacets({ update }: StepView): boolean {
  const facets = Planned.safeParse(update).data?.planned.facets ?? {}
  return Object.values(facets).some(({ action }) => action === 'reuse')
}

/** That no model answered as a line for stderr. */
export function awayLine(why: string): string {
  return `no model answered: ${explainError(why).line}; \`linernotes doctor\` says what is wrong`
}
