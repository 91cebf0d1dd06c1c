import { z } from 'zod'
import type { RunRecord } from '../../database/records.ts'
import { RUN_STATUSES } from '../../ledger/run-end.ts'
import { Instant, instant, instantOrNull, Json, pageOf } from './common-schemas.ts'

const Summary = z
  .object({
    usd: z.number().nullable().describe('Null if a price is not known, or if a model did not report its tokens.'),
    inputTokens: z.int(),
    cachedTokens: z.int(),
    outputTokens: z.int(),
    estimated: z
      .boolean()
      .describe('True if some or all tokens are an estimate, because a model did not report them. `usd` is null then.'),
    steps: z.int(),
    exchanges: z.int(),
    failedNodes: z.array(z.string()).describe('Nodes that failed, and agents whose model or answers failed.'),
    models: z.array(z.string()),
    prompts: z.array(z.string()),
  })
  .meta({ id: 'RunSummary' })

/** One execution of the graph for one item. */
export const RunAnswer = z
  .object({
    id: z.string(),
    itemId: z.string(),
    status: z.enum(RUN_STATUSES),
    effort: z.enum(['quick', 'standard', 'thorough']),
    requested: z.array(z.string()).describe('Facets that run even if nothing has changed.'),
    parentRunId: z.string().nullable(),
    config: Json,
    attempt: z.int().describe('How many owners the run has had. More than 1 after a restart.'),
    cancelRequested: z.boolean(),
    createdAt: Instant,
    startedAt: Instant.nullable(),
    finishedAt: Instant.nullable(),
    error: z.string().nullable(),
    outcome: Json,
    version: z.int().nullable().describe('The version that it published.'),
    summary: Summary.nullable().describe('What it cost and did, over all attempts. Null until it ends.'),
    links: z.object({
      self: z.string(),
      item: z.string(),
      steps: z.string(),
      events: z.string(),
      understanding: z.string().nullable(),
    }),
  })
  .meta({ id: 'Run' })

export const RunPage = pageOf('RunPage', RunAnswer)

export const itemPath = (id: string): string => `/v1/items/${encodeURIComponent(id)}`
export const runPath = (id: string): string => `/v1/runs/${encodeURIComponent(id)}`

/** A run as the API shows it. */
export function toRun(run: RunRecord): z.output<typeof RunAnswer> {
  const { id, itemId, status, effort, parentRunId, attempt, cancelRequested, error, version, summary } = run
  return {
    id,
    itemId,
    status,
    effort,
    requested: run.requested ?? [],
    parentRunId,
    config: Json.parse(run.config),
    attempt,
    cancelRequested,
    createdAt: instant(run.createdAt),
    startedAt: instantOrNull(run.startedAt),
    finishedAt: instantOrNull(run.finishedAt),
    error,
    outcome: Json.parse(run.outcome ?? null),
    version,
    summary,
    links: {
      self: runPath(id),
      item: itemPath(itemId),
      steps: `${runPath(id)}/steps`,
      events: `${runPath(id)}/events`,
      understanding: version === null ? null : `${itemPath(itemId)}/understanding?version=${version}`,
    },
  }
}
