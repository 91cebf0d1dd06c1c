import type { Usage } from './drafts.ts'

/** What several conversations for one facet used together; a cost that is not known for one is not known for all. */
export function addUsage(earlier: Usage | null | undefined, usage: Usage): Usage {
  if (!earlier) return usage
  return {
    ...usage,
    rounds: earlier.rounds + usage.rounds,
    toolCalls: earlier.toolCalls + usage.toolCalls,
    rejected: earlier.rejected + usage.rejected,
    tokens: {
      input: earlier.tokens.input + usage.tokens.input,
      cached: earlier.tokens.cached + usage.tokens.cached,
      output: earlier.tokens.output + usage.tokens.output,
    },
    costUsd: earlier.costUsd === null || usage.costUsd === null ? null : earlier.costUsd + usage.costUsd,
    ms: earlier.ms + usage.ms,
  }
}
