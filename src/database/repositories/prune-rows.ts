import { type Kysely, sql } from 'kysely'
import type { Tables } from '../database-schema.ts'
import type { Pruned, PruneLimits } from '../repositories.ts'

/** Ends the transaction of a dry run and carries what it counted. */
class DryRun extends Error {
  readonly counted: Pruned
  constructor(counted: Pruned) {
    super('a dry run keeps everything')
    this.counted = counted
  }
}

/**
 * See `Repositories.prune`. A dry run deletes and rolls back, so it counts exactly what would be deleted. Items with a run under way are
 * left alone, because between two statements of its ledger there may be a blob that nothing names yet.
 */
export async function prune(
  db: Kysely<Tables>,
  tenant: string,
  { endedBefore, keepPerItem = 0, dryRun = false }: PruneLimits,
): Promise<Pruned> {
  try {
    return await db.transaction().execute(async (trx) => {
      // While this transaction decides which blobs are named, nobody stores a blob or finds one stored.
      await sql`lock table blobs in share row exclusive mode`.execute(trx)
      await selectDoomed(trx, tenant, endedBefore ?? null, keepPerItem)
      const chunks = await counted(
        trx,
        sql`delete from chunks using doomed
          where chunks.tenant = ${tenant} and chunks.run_id = doomed.id returning octet_length(chunks.body) as bytes`,
      )
      await sql`delete from idempotency_keys using doomed
        where idempotency_keys.tenant = ${tenant} and run_id = doomed.id`.execute(trx)
      const runs = await counted(
        trx,
        sql`delete from runs using doomed where runs.tenant = ${tenant} and runs.id = doomed.id returning 0 as bytes`,
      )
      const blobs = await counted(trx, unnamedBlobs(tenant))
      const pruned = { runs: runs.rows, chunks: chunks.rows, blobs: blobs.rows, bytes: chunks.bytes + blobs.bytes }
      if (dryRun) throw new DryRun(pruned)
      return pruned
    })
  } catch (error) {
    if (error instanceof DryRun) return error.counted
    throw error
  }
}

/** Puts the runs that will be deleted into the transaction's table `doomed (id, item_id)`. */
async function selectDoomed(
  trx: Kysely<Tables>,
  tenant: string,
  endedBefore: number | null,
  keepPerItem: number,
): Promise<void> {
  await sql`create temporary table doomed (id text primary key, item_id text not null) on commit drop`.execute(trx)
  await sql`
    insert into doomed
    select run.id, run.item_id
    from (
      select id, item_id, finished_at, row_number() over (partition by item_id order by id desc) as place
      from runs where tenant = ${tenant} and status not in ('queued', 'running')
    ) run
    where run.place > ${keepPerItem}::bigint
      and (${endedBefore}::bigint is null or run.finished_at < ${endedBefore}::bigint)
      and not exists (select from items where tenant = ${tenant} and id = run.item_id and run_id = run.id)
      and not exists (select from runs open where open.tenant = ${tenant} and open.item_id = run.item_id
        and open.status in ('queued', 'running'))`.execute(trx)
}

/** Deletes the blobs of the items of `doomed` that nothing names: not the item, not a run of it that is left, and nothing that such a run recorded or derived. */
function unnamedBlobs(tenant: string) {
  return sql`
    with touched as (select distinct item_id from doomed),
    named as (
      select id as item_id, item_blob as hash from items where tenant = ${tenant} and id in (select item_id from touched)
      union
      select item_id, item_blob from runs where tenant = ${tenant} and item_id in (select item_id from touched)
      union
      select runs.item_id, unnest(chunks.shared) from runs join chunks on chunks.tenant = runs.tenant and chunks.run_id = runs.id
      where runs.tenant = ${tenant} and runs.item_id in (select item_id from touched)
      union
      select runs.item_id, computed.name ->> 'hash' from runs, json_array_elements(runs.derived::json) as computed (name)
      where runs.tenant = ${tenant} and runs.item_id in (select item_id from touched)
    )
    delete from blobs using touched
    where blobs.tenant = ${tenant} and blobs.item_id = touched.item_id
      and not exists (select from named where named.item_id = blobs.item_id and named.hash = blobs.hash)
    returning octet_length(blobs.body) as bytes`
}

/** Runs a statement that returns `bytes`. @returns how many rows it deleted, and how many bytes they held in all */
async function counted(
  trx: Kysely<Tables>,
  statement: ReturnType<typeof unnamedBlobs>,
): Promise<{ rows: number; bytes: number }> {
  const { rows } = await sql<{ rows: number; bytes: number }>`
    with gone as (${statement}) select count(*) as rows, coalesce(sum(bytes), 0)::bigint as bytes from gone`.execute(
    trx,
  )
  return rows[0] ?? { rows: 0, bytes: 0 }
}
