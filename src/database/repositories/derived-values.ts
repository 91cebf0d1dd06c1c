import { type Kysely, type RawBuilder, sql } from 'kysely'
import { type Sha256, sha256 } from '../../content/text/hash.ts'
import { type RunOwner, StaleAttempt } from '../../ledger/ledger-store.ts'
import type { Tables } from '../database-schema.ts'
import { readBlobs } from '../ledger/blob-rows.ts'
import { packText } from '../packing.ts'
import { jsonText } from '../plain-text.ts'
import type { Derived } from '../records.ts'

/** A derived value as the row of its run names it, by the hash of its JSON. The JSON is a blob of the item. */
type NamedValue = Omit<Derived, 'value'> & { hash: Sha256 }

/** Derived values in the form for a statement: their names for the run's row, and their blobs as a table. */
export interface DerivedRows {
  names: string
  blobs: RawBuilder<unknown>
}

/**
 * Stores what a run has computed from its texts under the hash of its content. Another run that computes the same names the same blob. Nothing that
 * a run has named is ever overwritten.
 */
export async function derivedRows(derived: readonly Derived[]): Promise<DerivedRows> {
  const named = derived.map(({ value, ...what }) => {
    const json = jsonText(value)
    return { json, name: { ...what, hash: sha256(json) } satisfies NamedValue }
  })
  const rows = named.map(async ({ json, name }) => {
    const { packed, body } = await packText(json)
    return [name.hash, packed, body]
  })
  return {
    names: JSON.stringify(named.map(({ name }) => name)),
    blobs: valuesOf(['text', 'boolean', 'bytea'], await Promise.all(rows)),
  }
}

/** Stores what a run that publishes nothing has derived. @throws {StaleAttempt} if another owner has the run */
export async function keepDerived(
  db: Kysely<Tables>,
  tenant: string,
  { runId, attempt }: RunOwner,
  derived: readonly Derived[],
): Promise<void> {
  const { names, blobs } = await derivedRows(derived)
  const { rows } = await sql`
    with run as (select tenant, id, item_id from runs
        where tenant = ${tenant} and id = ${runId} and attempt = ${attempt} for update),
      blob_rows as (insert into blobs (tenant, item_id, hash, packed, body)
        select run.tenant, run.item_id, b.* from run, ${blobs} as b (hash, packed, body) on conflict do nothing)
    update runs set derived = ${names} from run where runs.tenant = run.tenant and runs.id = run.id
    returning runs.id`.execute(db)
  if (rows.length === 0) throw new StaleAttempt(runId, attempt)
}

/** The values that a run's row names: all of them, or those that are wanted. */
export async function readDerived(
  db: Kysely<Tables>,
  tenant: string,
  { item_id: itemId, derived }: Pick<Tables['runs'], 'item_id' | 'derived'>,
  wanted: (name: Omit<Derived, 'value'>) => boolean = () => true,
): Promise<Derived[]> {
  const names: NamedValue[] = derived === null ? [] : JSON.parse(derived)
  const found = names.filter(wanted)
  const blobs = await readBlobs(
    db,
    tenant,
    itemId,
    found.map(({ hash }) => hash),
  )
  return found.map(({ hash, ...what }) => {
    const json = blobs.get(hash)
    if (json === undefined)
      throw new Error(`${what.kind} of ${what.textHash} are named by a run, but are not in the database`)
    return { ...what, value: JSON.parse(json) }
  })
}

/** Rows with columns of these types, as a table in a statement. There may be none. */
export function valuesOf(types: readonly string[], rows: readonly (readonly unknown[])[]): RawBuilder<unknown> {
  if (rows.length === 0) return sql`(select ${sql.join(types.map((type) => sql`null::${sql.raw(type)}`))} where false)`
  const cells = rows.map(
    (row) => sql`(${sql.join(row.map((value, at) => sql`${value}::${sql.raw(types[at] ?? 'text')}`))})`,
  )
  return sql`(values ${sql.join(cells)})`
}
