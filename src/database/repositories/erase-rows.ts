import { type Kysely, sql } from 'kysely'
import type { Tables } from '../database-schema.ts'
import { plainText } from '../plain-text.ts'
import type { Erasure } from '../records.ts'

/** Tables whose rows belong to one item. A new table of this kind is added here. Adapters pass the names of theirs. */
const OF_ITEM = [
  'understandings',
  'labels',
  'facets',
  'decisions',
  'reviews',
  'texts',
  'blobs',
  'runs',
  'outbox_failures',
] as const satisfies readonly (keyof Tables)[]

/** Tables whose rows belong to one run. */
const OF_RUN = ['chunks', 'idempotency_keys'] as const satisfies readonly (keyof Tables)[]

/**
 * Deletes an item and everything that came from it, see `Repositories.erase`. It locks in the same order as publishing does: runs, the
 * tenant's counter, the item.
 */
export function eraseItem(
  db: Kysely<Tables>,
  tenant: string,
  id: string,
  at: number,
  tablesOfAdapters: readonly string[],
): Promise<Erasure | null> {
  const itemId = plainText(id)
  return db.transaction().execute(async (trx) => {
    const runs = await trx
      .selectFrom('runs')
      .where('tenant', '=', tenant)
      .where('item_id', '=', itemId)
      .select('id')
      .orderBy('id')
      .forUpdate()
      .execute()
    const item = await trx
      .selectFrom('items')
      .where('tenant', '=', tenant)
      .where('id', '=', itemId)
      .select('id')
      .executeTakeFirst()
    if (item === undefined && runs.length === 0) return null

    const seq = await noteErasure(trx, tenant, itemId, at)
    await trx.deleteFrom('items').where('tenant', '=', tenant).where('id', '=', itemId).execute()
    const ofItem = sql`tenant = ${tenant} and item_id = ${itemId}`
    for (const table of OF_RUN)
      await sql`delete from ${sql.table(table)}
        where tenant = ${tenant} and run_id in (select id from runs where ${ofItem})`.execute(trx)
    for (const table of [...OF_ITEM, ...tablesOfAdapters])
      await sql`delete from ${sql.table(table)} where ${ofItem}`.execute(trx)
    return { seq, itemId, erasedAt: at }
  })
}

/** Takes the next place in the outbox. An item that is erased again has one line there, the newest. */
async function noteErasure(trx: Kysely<Tables>, tenant: string, itemId: string, at: number): Promise<number> {
  const { seq } = await trx
    .insertInto('tenants')
    .values({ tenant, last_seq: 1 })
    .onConflict((conflict) =>
      conflict.column('tenant').doUpdateSet(({ eb }) => ({ last_seq: eb('tenants.last_seq', '+', 1) })),
    )
    .returning('last_seq as seq')
    .executeTakeFirstOrThrow()
  await trx
    .insertInto('erasures')
    .values({ tenant, item_id: itemId, seq, erased_at: at })
    .onConflict((conflict) => conflict.columns(['tenant', 'item_id']).doUpdateSet({ seq, erased_at: at }))
    .execute()
  return seq
}
