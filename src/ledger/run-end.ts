/** How a run may end. */
export const FINAL_RUN_STATUSES = ['complete', 'partial', 'failed', 'cancelled', 'unchanged'] as const
export type FinalRunStatus = (typeof FINAL_RUN_STATUSES)[number]

/** What a run cost and did, over all its attempts, each call and step once. Written when it ends. */
export interface RunSummary {
  /** Null where the price of a call is not known, or its tokens, which are estimated then. */
  usd: number | null
  inputTokens: number
  cachedTokens: number
  outputTokens: number
  /** Whether the tokens are an estimate, in part or in all: a model did not report them. */
  estimated: boolean
  steps: number
  exchanges: number
  /** Nodes that ended in an error, and agents that abstained because their model or its answers failed; sorted. */
  failedNodes: string[]
  /** Models that were asked, and versions of prompts that they were asked with (`topics/v1`); sorted. */
  models: string[]
  prompts: string[]
}

/** The last that is written of a run: its row says so from then on. */
export interface RunEnd {
  status: FinalRunStatus
  error: string | null
  /** What the run leaves beside its document, as JSON. */
  outcome: unknown
  /** Milliseconds since the epoch. */
  at: number
  /** Left out where nothing is known of what the run did. */
  summary?: RunSummary
}
