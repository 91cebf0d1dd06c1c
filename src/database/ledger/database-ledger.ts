import type { LedgerStore, LedgerWrite, RunOwner } from '../../ledger/ledger-store.ts'
import type { Database } from '../engine/connection.ts'
import { packText } from '../packing.ts'
import { packChunk } from './ledger-chunk.ts'
import { type LedgerRow, ledgerStatement } from './ledger-statement.ts'
import { traceRepository } from './recorded-trace.ts'

/** The bytes of the rows in one statement. The embedded engine holds the whole message in its memory. */
const MAX_BYTES = 8 * 1024 * 1024
/** The rows of one statement. With five parameters for each row this is far below the 65,535 that Postgres takes. */
const MAX_ROWS = 5000

interface OwnedRow {
  by: RunOwner
  row: LedgerRow
}

/**
 * The ledger in the database. One `append` becomes one statement, and is split only if one statement cannot hold it. Long blobs come before the
 * chunks that name them, and the ends of runs come last. So nothing ever names a blob that is not there.
 */
export function createLedgerStore({ kysely, query }: Pick<Database, 'kysely' | 'query'>): LedgerStore {
  return {
    async append(writes) {
      const stale = new Set<string>()
      for (const rows of inStatements(await toRows(writes))) {
        const { text, values } = ledgerStatement(...numbered(rows))
        const answer = await query<{ run_id: string }>(text, values)
        for (const row of answer.rows) stale.add(row.run_id)
      }
      return { stale: [...stale] }
    },
    load: (tenant, runId) => traceRepository(kysely, tenant).load(runId),
  }
}

/** All rows of all writes. Blobs come first, and ends last. */
async function toRows(writes: readonly LedgerWrite[]): Promise<OwnedRow[]> {
  const rows = await Promise.all(
    writes.map(async (write) => {
      const { owner: by, exchanges, steps, blobs, end } = write
      const ends: OwnedRow[] = end === undefined ? [] : [{ by, row: { owner: 0, table: 'end', end } }]
      if (exchanges.length + steps.length + blobs.length === 0) return ends
      const { chunk, long } = await packChunk(write)
      const beside = long.map(async ({ hash, text }): Promise<OwnedRow> => {
        return { by, row: { owner: 0, table: 'blob', hash, packed: await packText(text) } }
      })
      return [...(await Promise.all(beside)), { by, row: { owner: 0, table: 'chunk' as const, chunk } }, ...ends]
    }),
  )
  const all = rows.flat()
  return (['blob', 'chunk', 'end'] as const).flatMap((table) => all.filter(({ row }) => row.table === table))
}

function bytesOf(row: LedgerRow): number {
  switch (row.table) {
    case 'blob':
      return row.packed.body.length
    case 'chunk':
      return row.chunk.body.length
    case 'end':
      return 0
  }
}

function inStatements(rows: readonly OwnedRow[]): OwnedRow[][] {
  const statements: OwnedRow[][] = []
  let current: OwnedRow[] = []
  let bytes = 0
  for (const owned of rows) {
    const size = bytesOf(owned.row)
    if (current.length > 0 && (current.length >= MAX_ROWS || bytes + size > MAX_BYTES)) {
      statements.push(current)
      current = []
      bytes = 0
    }
    current.push(owned)
    bytes += size
  }
  if (current.length > 0) statements.push(current)
  return statements
}

/** The owners of a statement, each once, and its rows, each with the place of its owner. */
function numbered(rows: readonly OwnedRow[]): [RunOwner[], LedgerRow[]] {
  const owners: RunOwner[] = []
  const places = new Map<string, number>()
  const placed = rows.map(({ by, row }) => {
    const key = JSON.stringify([by.tenant, by.runId, by.attempt])
    const owner = places.get(key) ?? owners.push(by) - 1
    places.set(key, owner)
    return { ...row, owner }
  })
  return [owners, placed]
}
