import type { Tokens } from '../../src/content/understanding-schema.ts'
import type { Usage } from './agent-draft.ts'

/** The account of a model that was not asked. */
export function nothingUsed(model: string, prompt: string): Usage {
  const tokens = { input: 0, cached: 0, output: 0 }
  return { model, prompt, rounds: 0, toolCalls: 0, rejected: 0, tokens, costUsd: 0, ms: 0 }
}

/** What several conversations for one facet used together. If the cost of one is not known, the cost of all is not known. */
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

/** A sum that contains an estimate is an estimate. */
export function addTokens(some: Tokens, more: Tokens): Tokens {
  return {
    input: some.input + more.input,
    cached: some.cached + more.cached,
    output: some.output + more.output,
    ...(some.estimated || more.estimated ? { estimated: true } : {}),
  }
}

/** One line for each model that was asked and that the budget in dollars does not limit. */
export function budgetNotes(usages: readonly (Usage | null | undefined)[], unpriced: readonly string[]): string[] {
  const asked = new Set(usages.flatMap((usage) => (usage && usage.rounds > 0 ? [usage.model] : [])))
  return unpriced
    .filter((model) => asked.has(model))
    .map((model) => `no price is known for ${model}: the budget in dollars does not limit what it costs`)
}

/** One line for each model whose use can only be estimated, so that the budget and the document rest on estimates. */
export function estimateNotes(usages: readonly (Usage | null | undefined)[]): string[] {
  const models = usages.flatMap((usage) => (usage?.tokens.estimated ? [usage.model] : []))
  return [...new Set(models)]
    .sort()
    .map(
      (model) =>
        `${model} does not report its tokens: they are estimated, a budget counts the estimate, and what they cost is not known`,
    )
}
