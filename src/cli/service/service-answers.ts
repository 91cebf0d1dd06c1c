import { z } from 'zod'
import { DECISION_ACTIONS } from '../../content/decision-action.ts'
import { REVIEW_STATUSES, RUN_STATUSES } from '../../database/records.ts'

// What commands read of the API's answers. Members that a newer server adds pass through.

export const RunView = z.looseObject({
  id: z.string(),
  itemId: z.string(),
  status: z.enum(RUN_STATUSES),
  effort: z.string(),
  attempt: z.int(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  error: z.string().nullable(),
  version: z.int().nullable(),
  parentRunId: z.string().nullish(),
  config: z.unknown().optional(),
  summary: z
    .looseObject({
      usd: z.number().nullable(),
      inputTokens: z.int(),
      outputTokens: z.int(),
      estimated: z.boolean().default(false),
      failedNodes: z.array(z.string()),
    })
    .nullish(),
})
export type RunView = z.infer<typeof RunView>

/** What calls cost; with `estimatedUsd` the tokens are an estimate. */
export const CostView = z.looseObject({
  inputTokens: z.int(),
  cachedTokens: z.int(),
  outputTokens: z.int(),
  usd: z.number().nullable(),
  estimatedUsd: z.number().nullish(),
})
export type CostView = z.infer<typeof CostView>

export const ExchangeView = z.looseObject({
  name: z.string(),
  kind: z.string(),
  outcome: z.enum(['ok', 'error', 'refused']),
  startedAt: z.string(),
  ms: z.number(),
  retries: z.int(),
  cost: CostView.nullable(),
})
export type ExchangeView = z.infer<typeof ExchangeView>

export const ExchangeBodies = ExchangeView.extend({ request: z.unknown(), response: z.unknown() })
export type ExchangeBodies = z.infer<typeof ExchangeBodies>

export const StepView = z.looseObject({
  name: z.string(),
  node: z.string(),
  visit: z.int(),
  superstep: z.int(),
  startedAt: z.string(),
  ms: z.number(),
  error: z.string().nullable(),
  update: z.unknown(),
  exchanges: z.array(ExchangeView),
})
export type StepView = z.infer<typeof StepView>

export const StepsView = z.looseObject({ steps: z.array(StepView), open: z.array(ExchangeView) })
export type StepsView = z.infer<typeof StepsView>

export const ItemView = z.looseObject({
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  createdAt: z.string(),
  current: z.looseObject({ version: z.int(), status: z.string(), publishedAt: z.string() }).nullable(),
})
export type ItemView = z.infer<typeof ItemView>

export const ReviewView = z.looseObject({
  id: z.string(),
  itemId: z.string(),
  facet: z.string(),
  key: z.string(),
  question: z.unknown(),
  status: z.enum(REVIEW_STATUSES),
  version: z.int(),
  openedAt: z.string(),
  decision: z.looseObject({ action: z.enum(DECISION_ACTIONS), by: z.string(), note: z.string().nullable() }).nullable(),
})
export type ReviewView = z.infer<typeof ReviewView>

export const PrunedView = z.looseObject({
  runs: z.int(),
  chunks: z.int(),
  blobs: z.int(),
  bytes: z.int(),
  dryRun: z.boolean(),
  compacted: z.boolean(),
})
export type PrunedView = z.infer<typeof PrunedView>

export const Decided = z.looseObject({ review: ReviewView, run: RunView.nullable() })

export const ProblemView = z.looseObject({
  type: z.string(),
  detail: z.string(),
  errors: z.array(z.looseObject({ message: z.string() })).optional(),
})

export function page<T extends z.ZodType>(entry: T) {
  return z.looseObject({ entries: z.array(entry), next: z.string().nullable() })
}
