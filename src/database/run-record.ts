import type { Selectable } from 'kysely'
import type { RunRecord } from './records.ts'
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
  }
}
