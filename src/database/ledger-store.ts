import type { Sha256 } from '../content/hash.ts'
import type { LedgerStore, LedgerWrite, RunOwner } from '../ledger/store.ts'
import { readBlobs } from './blobs.ts'
import type { Database } from './connection.ts'
import { type LedgerRow, ledgerStatement, parametersOf } from './ledger-statement.ts'
import { packText } from './packing.ts'
import { traceRepository } from './trace.ts'

/** Postgres takes 65,535 parameters in a statement; some are left for the owners. */
const MAX_PARAMETERS = 60_000
/** Of blobs in one statement: the embedded engine holds the whole message in its memory. */
const MAX_BYTES = 8 * 1024 * 1024

interface Batch {
  owners: RunOwner[]
  rows: LedgerRow[]
  parameters: number
  bytes: number
}

/**
 * The ledger in the database. What one `append` is given goes out as one statement; only what a statement cannot hold is split, blobs
 * before the exchanges and steps that name them, so that nothing ever names a blob that is not there.
 */
export function createLedgerStore({ kysely, query }: Pick<Database, 'kysely' | 'query'>): LedgerStore {
  return {
    async append(writes) {
      const stale = new Set<string>()
      for (const { owners, rows } of batches(await toRows(writes), MAX_PARAMETERS, MAX_BYTES)) {
        const { text, values } = ledgerStatement(owners, rows)
        const answer = await query<{ run_id: string }>(text, values)
        for (const row of answer.rows) stale.add(row.run_id)
      }
      return { stale: [...stale] }
    },
    exchanges: (tenant, runId) => traceRepository(kysely, tenant).exchanges(runId),
    blobs: (tenant, itemId, hashes: readonly Sha256[]) => readBlobs(kysely, tenant, itemId, hashes),
  }
}

interface OwnedRow {
  by: RunOwner
  row: LedgerRow
}

/** All rows of all writes, blobs first; each blob of an item once. */
async function toRows(writes: readonly LedgerWrite[]): Promise<OwnedRow[]> {
  const seen = new Set<string>()
  const blobs = await Promise.all(
    writes.flatMap(({ owner: by, blobs }) =>
      blobs.flatMap(({ hash, text }) => {
        // By run too: what a stale run may not write, another run of the item still needs.
        const key = JSON.stringify([by.tenant, by.runId, by.attempt, hash])
        if (seen.has(key)) return []
        seen.add(key)
        return packText(text).then((packed): OwnedRow => ({ by, row: { owner: 0, table: 'blob', hash, packed } }))
      }),
    ),
  )
  const rest = writes.flatMap(({ owner: by, exchanges, steps }): OwnedRow[] => [
    ...exchanges.map((exchange): OwnedRow => ({ by, row: { owner: 0, table: 'exchange', exchange } })),
    ...steps.map((step): OwnedRow => ({ by, row: { owner: 0, table: 'step', step } })),
  ])
  return [...blobs, ...rest]
}

/** Splits rows into statements, in order, and numbers the owners of each. */
export function batches(rows: readonly OwnedRow[], maxParameters: number, maxBytes: number): Batch[] {
  const done: Batch[] = []
  let batch: Batch = { owners: [], rows: [], parameters: 0, bytes: 0 }
  let numbers = new Map<string, number>()
  for (const { by, row } of rows) {
    const bytes = row.table === 'blob' ? row.packed.body.length : 0
    const full = batch.parameters + parametersOf(row) + 3 > maxParameters || batch.bytes + bytes > maxBytes
    if (full && batch.rows.length > 0) {
      done.push(batch)
      batch = { owners: [], rows: [], parameters: 0, bytes: 0 }
      numbers = new Map()
    }
    const key = JSON.stringify([by.tenant, by.runId, by.attempt])
    const owner = numbers.get(key) ?? batch.owners.push(by) - 1
    if (!numbers.has(key)) batch.parameters += 3
    numbers.set(key, owner)
    batch.rows.push({ ...row, owner })
    batch.parameters += parametersOf(row)
    batch.bytes += bytes
  }
  if (batch.rows.length > 0) done.push(batch)
  return done
}
