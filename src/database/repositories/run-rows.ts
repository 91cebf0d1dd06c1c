import type { Selectable } from 'kysely'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import { freeze } from '../../content/freeze.ts'
import { RunConfiguration } from '../../ledger/run-configuration-schema.ts'
import type { RunEnd, RunSummary } from '../../ledger/run-end.ts'
import { DatabaseError } from '../database-errors.ts'
import type { Tables } from '../database-schema.ts'
import { jsonText, plainText } from '../plain-text.ts'
import type { RunRecord } from '../records.ts'

/** A run as its row says it. */
export function toRun(row: Selectable<Tables['runs']>): RunRecord {
  return {
    id: row.id,
    itemId: row.item_id,
    itemBlob: row.item_blob,
    effort: row.effort,
    config: configurationOf(row),
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

/**
 * The configurations that were read last, by their text. Runs under the same settings share one. Checking one takes 0.2 ms or more, which is
 * 40 ms for a page of 200 runs.
 */
const read = new LRUCache<string, RunConfiguration>({
  max: 100,
  memoMethod: (json) => freeze(RunConfiguration.parse(JSON.parse(json))),
})

function configurationOf({ id, item_id, config }: Selectable<Tables['runs']>): RunConfiguration {
  try {
    return read.memo(config)
  } catch (cause) {
    const [issue] = cause instanceof z.ZodError ? cause.issues : []
    const what = issue === undefined ? 'it is not JSON' : `${issue.path.join('.') || 'as a whole'}: ${issue.message}`
    throw new DatabaseError(
      'damaged',
      `the configuration of run ${id} cannot be read (${what}); restore a backup of the database, or erase item "${item_id}" with its runs`,
      { cause },
    )
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
    estimated: row.estimated ?? false,
    steps,
    exchanges,
    failedNodes: row.failed_nodes ?? [],
    models: row.models ?? [],
    prompts: row.prompts ?? [],
  }
}

/** The end of a run in the columns of its row. A statement reads it by `json_to_recordset` with {@link END_COLUMNS}. */
export function endColumns({ status, error, outcome, at, summary }: RunEnd) {
  return {
    status,
    error: error === null ? null : plainText(error),
    outcome: jsonText(outcome),
    finished_at: at,
    usd: summary?.usd ?? null,
    input_tokens: summary?.inputTokens ?? null,
    cached_tokens: summary?.cachedTokens ?? null,
    output_tokens: summary?.outputTokens ?? null,
    estimated: summary?.estimated ?? null,
    steps: summary?.steps ?? null,
    exchanges: summary?.exchanges ?? null,
    failed_nodes: summary?.failedNodes.map(plainText) ?? null,
    models: summary?.models.map(plainText) ?? null,
    prompts: summary?.prompts.map(plainText) ?? null,
  }
}

export const END_COLUMNS = `status text, error text, outcome text, finished_at bigint, usd float8, input_tokens bigint,
  cached_tokens bigint, output_tokens bigint, estimated bool, steps int, exchanges int, failed_nodes text[], models text[], prompts text[]`
