import type { Sha256 } from '../../content/text/hash.ts'
import type { RunOwner } from '../../ledger/ledger-store.ts'
import type { RunEnd } from '../../ledger/run-end.ts'
import type { PackedText } from '../packing.ts'
import { END_COLUMNS, endColumns } from '../repositories/run-rows.ts'
import type { PackedChunk } from './ledger-chunk.ts'

/** One row of a ledger write. `owner` is the index of its owner in the statement. */
export type LedgerRow = { owner: number } & (
  | { table: 'blob'; hash: Sha256; packed: PackedText }
  | { table: 'chunk'; chunk: PackedChunk }
  | { table: 'end'; end: RunEnd }
)

/**
 * One statement for rows of any number of runs. It answers with the ids of the runs whose attempt is stale, and writes nothing of them.
 * `for share` holds the rows of the runs, so that no other owner can claim one between the check and the insert.
 */
export function ledgerStatement(
  owners: readonly RunOwner[],
  rows: readonly LedgerRow[],
): { text: string; values: unknown[] } {
  const values: unknown[] = []
  // Only the first row of VALUES has types. The others follow it.
  const list = (types: readonly string[], cells: readonly (readonly unknown[])[]) =>
    cells
      .map((row, index) => {
        const places = row.map((value, column) => `$${values.push(value)}${index === 0 ? `::${types[column]}` : ''}`)
        return `(${places.join(', ')})`
      })
      .join(', ')

  const parts = [
    `owners (o, tenant, run_id, attempt) as (values ${list(
      ['int', 'text', 'text', 'int'],
      owners.map(({ tenant, runId, attempt }, index) => [index, tenant, runId, attempt]),
    )})`,
    `live as (select owners.o, runs.tenant, runs.id as run_id, runs.item_id from owners join runs
      on runs.tenant = owners.tenant and runs.id = owners.run_id and runs.attempt = owners.attempt for share of runs)`,
  ]
  const blobs = rows.flatMap((row) =>
    row.table === 'blob' ? [[row.owner, row.hash, row.packed.packed, row.packed.body]] : [],
  )
  const chunks = rows.flatMap((row) =>
    row.table === 'chunk' ? [[row.owner, row.chunk.packed, row.chunk.body, row.chunk.shared]] : [],
  )
  if (blobs.length > 0)
    parts.push(`written_blobs as (insert into blobs (tenant, item_id, hash, packed, body)
      select live.tenant, live.item_id, v.hash, v.packed, v.body
      from (values ${list(['int', 'text', 'bool', 'bytea'], blobs)}) as v (o, hash, packed, body)
      join live on live.o = v.o on conflict do nothing)`)
  if (chunks.length > 0)
    parts.push(`written_chunks as (insert into chunks (tenant, run_id, packed, body, shared)
      select live.tenant, live.run_id, v.packed, v.body, v.shared
      from (values ${list(['int', 'bool', 'bytea', 'text[]'], chunks)}) as v (o, packed, body, shared)
      join live on live.o = v.o)`)
  const ends = rows.flatMap((row) => (row.table === 'end' ? [{ o: row.owner, ...endColumns(row.end) }] : []))
  if (ends.length > 0)
    parts.push(`ended as (update runs set status = e.status, error = e.error, outcome = e.outcome, finished_at = e.finished_at,
        owner = null, lease_until = null, usd = e.usd, input_tokens = e.input_tokens, cached_tokens = e.cached_tokens,
        output_tokens = e.output_tokens, estimated = e.estimated, steps = e.steps, exchanges = e.exchanges, failed_nodes = e.failed_nodes,
        models = e.models, prompts = e.prompts
      from json_to_recordset($${values.push(JSON.stringify(ends))}::json) as e (o int, ${END_COLUMNS}) join live on live.o = e.o
      where runs.tenant = live.tenant and runs.id = live.run_id and runs.status = 'running')`)
  return { text: `with ${parts.join(',\n')} select run_id from owners where o not in (select o from live)`, values }
}
