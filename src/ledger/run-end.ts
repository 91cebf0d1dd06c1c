/** The possible ends of a run. */
export const FINAL_RUN_STATUSES = ['complete', 'partial', 'failed', 'cancelled', 'unchanged'] as const
export type FinalRunStatus = (typeof FINAL_RUN_STATUSES)[number]

export const RUN_STATUSES = ['queued', 'running', ...FINAL_RUN_STATUSES] as const
export type RunStatus = (typeof RUN_STATUSES)[number]

/** The cost and activity of a run over all its attempts. Each call and step counts once. Written when the run ends. */
export interface RunSummary {
  /** Null if the price of a call is unknown, or if its tokens are unknown and therefore estimated. */
  usd: number | null
  inputTokens: number
  cachedTokens: number
  outputTokens: number
  /** Whether some or all of the tokens are estimated because a model did not report them. */
  estimated: boolean
  steps: number
  exchanges: number
  /** Nodes that ended with an error, and agents that abstained because their model or its answers failed; sorted. */
  failedNodes: string[]
  /** The models that were called, and the versions of their prompts (`topics/v1`); sorted. */
  models: string[]
  prompts: string[]
}

/** The last write of a run. Its row holds these values from then on. */
export interface RunEnd {
  status: FinalRunStatus
  error: string | null
  /** The result of the run beside its document, as JSON. */
  outcome: unknown
  /** Milliseconds since the epoch. */
  at: number
  /** Left out if the activity of the run is unknown. */
  summary?: RunSummary
}
