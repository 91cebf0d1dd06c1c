import type { Exchange, Step } from '../ledger/exchange.ts'
import type { RunOwner } from '../ledger/store.ts'
import type { PackedText } from './packing.ts'
import { plainText } from './plain-text.ts'

/** One row of a ledger write, and for which owner (index into the statement's owners). */
export type LedgerRow = { owner: number } & (
  | { table: 'blob'; hash: string; packed: PackedText }
  | { table: 'exchange'; exchange: Exchange }
  | { table: 'step'; step: Step }
)

interface Columns<Row> {
  names: string
  types: readonly string[]
  values: (row: Row) => readonly unknown[]
}

const OWNER: Columns<RunOwner> = {
  names: 'tenant, run_id, attempt',
  types: ['text', 'text', 'int'],
  values: ({ tenant, runId, attempt }) => [tenant, runId, attempt],
}

const BLOB: Columns<Extract<LedgerRow, { table: 'blob' }>> = {
  names: 'hash, packed, body',
  types: ['text', 'bool', 'bytea'],
  values: ({ hash, packed }) => [hash, packed.packed, packed.body],
}

const EXCHANGE: Columns<Extract<LedgerRow, { table: 'exchange' }>> = {
  names: `node, visit, kind, n, request_hash, nth, request, response, outcome, started_at, ms,
    input_tokens, cached_tokens, output_tokens, usd, retries`,
  types: ['text', 'int', 'text', 'int', 'text', 'int', 'text', 'text', 'text', 'bigint', 'float8'].concat([
    ...['int', 'int', 'int', 'float8', 'int'],
  ]),
  values: ({ exchange: e }) => [
    ...[e.node, e.visit, e.kind, e.n, e.requestHash, e.nth, e.request, e.response, e.outcome, e.startedAt, e.ms],
    ...[e.cost?.inputTokens ?? null, e.cost?.cachedTokens ?? null, e.cost?.outputTokens ?? null, e.cost?.usd ?? null],
    e.retries,
  ],
}

const STEP: Columns<Extract<LedgerRow, { table: 'step' }>> = {
  names: 'node, visit, superstep, started_at, ms, state_update, error',
  types: ['text', 'int', 'int', 'bigint', 'float8', 'text', 'text'],
  values: ({ step: s }) => [
    ...[s.node, s.visit, s.superstep, s.startedAt, s.ms, s.update],
    s.error === null ? null : plainText(s.error),
  ],
}

/** Parameters that a row takes: its columns and its owner. */
export function parametersOf(row: LedgerRow): number {
  const columns = { blob: BLOB, exchange: EXCHANGE, step: STEP }[row.table]
  return columns.types.length + 1
}

/**
 * One statement for rows of any number of runs; it answers with the (tenant, run_id) whose attempt is stale, and writes nothing of
 * those. `for share` holds the runs' rows, so that no other owner can claim one between the check and the insert.
 */
export function ledgerStatement(
  owners: readonly RunOwner[],
  rows: readonly LedgerRow[],
): { text: string; values: unknown[] } {
  const values: unknown[] = []
  // Types stand in the first row of VALUES only: the others follow it.
  function list<Row>(columns: Columns<Row>, of: readonly Row[], owner: (row: Row, index: number) => number): string {
    return of
      .map((row, index) => {
        const cells = columns.values(row).map((value, column) => {
          values.push(value)
          return index === 0 ? `$${values.length}::${columns.types[column]}` : `$${values.length}`
        })
        return `(${owner(row, index)}, ${index}, ${cells.join(', ')})`
      })
      .join(', ')
  }

  const blobs = rows.filter((row) => row.table === 'blob')
  const exchanges = rows.filter((row) => row.table === 'exchange')
  const steps = rows.filter((row) => row.table === 'step')
  const insert = (table: string, names: string, scope: string, list: string) =>
    `written_${table} as (insert into ${table} (tenant, ${scope}, ${names})
      select live.tenant, live.${scope}, ${names.replaceAll(/\w+/g, 'v.$&')} from (values ${list}) as v (o, i, ${names})
      join live on live.o = v.o order by v.i on conflict do nothing)`
  const parts = [
    `owners (o, i, ${OWNER.names}) as (values ${list(OWNER, owners, (_, index) => index)})`,
    `live as (select owners.o, runs.tenant, runs.id as run_id, runs.item_id from owners join runs
      on runs.tenant = owners.tenant and runs.id = owners.run_id and runs.attempt = owners.attempt for share of runs)`,
  ]
  if (blobs.length > 0)
    parts.push(
      insert(
        'blobs',
        BLOB.names,
        'item_id',
        list(BLOB, blobs, ({ owner }) => owner),
      ),
    )
  if (exchanges.length > 0) {
    parts.push(
      insert(
        'exchanges',
        EXCHANGE.names,
        'run_id',
        list(EXCHANGE, exchanges, ({ owner }) => owner),
      ),
    )
  }
  if (steps.length > 0)
    parts.push(
      insert(
        'steps',
        STEP.names,
        'run_id',
        list(STEP, steps, ({ owner }) => owner),
      ),
    )
  const text = `with ${parts.join(',\n')}
    select run_id from owners where o not in (select o from live)`
  return { text, values }
}
