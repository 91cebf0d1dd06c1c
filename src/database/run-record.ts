import type { Selectable } from 'kysely'
import { plainText } from './plain-text.ts'
import type { RunRecord, RunSummary } from './records.ts'
import type { Tables } from './schema.ts'

/** A run as its row says it. */
export function toRun(row: Selectable<Tables['runs']>): RunRecord {
  return {
    id: row.id,
    itemId: row.item_id,
    itemBlob: row.item_blob,
    effort: row.effort,
    config: JSON.parse(row.config),
    requested: row.requested === null ? null : JSON.parse(row.requested),
    parentRunId: row.parent_run_id,
    status: row.status,
    attempt: row.attempt,
    owner: row.owner,
    leaseUntil: row.lease_until,
    cancelRequested: row.cancel_requested,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    error: row.error,
    outcome: row.outcome === null ? null : JSON.parse(row.outcome),
    version: row.version,
    summary: toSummary(row),
  }
}

function toSummary(row: Selectable<Tables['runs']>): RunSummary | null {
  const { steps, exchanges, usd } = row
  if (steps === null || exchanges === null) return null
  return {
    usd,
    inputTokens: row.input_tokens ?? 0,
    cachedTokens: row.cached_tokens ?? 0,
    outputTokens: row.output_tokens ?? 0,
    steps,
    exchanges,
    failedNodes: row.failed_nodes ?? [],
    models: row.models ?? [],
    prompts: row.prompts ?? [],
  }
}

/** A summary as the columns of its run. */
export function summaryColumns(summary: RunSummary | undefined) {
  if (summary === undefined) return {}
  const { usd, steps, exchanges } = summary
  return {
    usd,
    steps,
    exchanges,
    input_tokens: summary.inputTokens,
    cached_tokens: summary.cachedTokens,
    output_tokens: summary.outputTokens,
    failed_nodes: summary.failedNodes.map(plainText),
    models: summary.models.map(plainText),
    prompts: summary.prompts.map(plainText),
  }
}
