import type { Tokens } from '../../src/content/understanding-schema.ts'
import type { Usage } from './agent-draft.ts'

/** What a model is accounted for that was not asked. */
export function nothingUsed(model: string, prompt: string): Usage {
  const tokens = { input: 0, cached: 0, output: 0 }
  return { model, prompt, rounds: 0, toolCalls: 0, rejected: 0, tokens, costUsd: 0, ms: 0 }
}

/** What several conversations for one facet used together; a cost that is not known for one is not known for all. */
export function addUsage(earlier: Usage | null | undefined, usage: Usage): Usage {
  if (!earlier) return usage
  return {
    ...usage,
    rounds: earlier.rounds + usage.rounds,
    toolCalls: earlier.toolCalls + usage.toolCalls,
    rejected: earlier.rejected + usage.rejected,
    tokens: addTokens(earlier.tokens, usage.tokens),
    costUsd: earlier.costUsd === null || usage.costUsd === null ? null : earlier.costUsd + usage.costUsd,
    ms: earlier.ms + usage.ms,
  }
}

/** A sum with an estimate in it is an estimate. */
export function addTokens(some: Tokens, more: Tokens): Tokens {
  return {
    input: some.input + more.input,
    cached: some.cached + more.cached,
    output: some.output + more.output,
    ...(some.estimated || more.estimated ? { estimated: true } : {}),
  }
}

/** That a budget in dollars does not hold a model that was asked, a line for each. */
export function budgetNotes(usages: readonly (Usage | null | undefined)[], unpriced: readonly string[]): string[] {
  const asked = new Set(usages.flatMap((usage) => (usage && usage.rounds > 0 ? [usage.model] : [])))
  return unpriced
    .filter((model) => asked.has(model))
    .map((model) => `no price is known for ${model}: the budget in dollars does not limit what it costs`)
}

/** That a budget and a document go by estimates, a line for each model that leaves no other choice. */
export function estimateNotes(usages: readonly (Usage | null | undefined)[]): string[] {
  const models = usages.flatMap((usage) => (usage?.tokens.estimated ? [usage.model] : []))
  return [...new Set(models)]
    .sort()
    .map(
      (model) =>
        `${model} does not report its tokens: they are estimated, a budget counts the estimate, and what they cost is not known`,
    )
}
