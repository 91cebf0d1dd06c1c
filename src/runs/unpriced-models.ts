import type { Budget } from '../ledger/policies.ts'
import { ASKING_AGENTS } from './asking-agents.ts'
import type { RealPorts } from './recorded-ports.ts'

const NO_TOKENS = { input: 0, cached: 0, output: 0 }

/** Models of which no price is known though a run may cost so many dollars and no more: what they cost is not limited. By name, sorted. */
export function unpricedModels(
  budget: Budget | undefined,
  { chat, secondOpinion, price }: Pick<RealPorts, 'chat' | 'secondOpinion' | 'price'>,
): string[] {
  if (budget === undefined || budget.usd === null) return []
  const models = [...ASKING_AGENTS.map(chat), ...(secondOpinion === null ? [] : [secondOpinion])]
  return [...new Set(models.map(({ name }) => name))].filter((name) => price(name, NO_TOKENS) === null).sort()
}
