import { type Kysely, sql } from 'kysely'
import type { Tables } from '../database-schema.ts'
import { plainText } from '../plain-text.ts'
import type { OutboxFailure, SetAside } from '../records.ts'
import type { OutboxFailureRepository, OutboxRepository } from '../repositories.ts'

/** How far the consumers of one tenant's outbox have come, and the erasures in it. */
export function outboxRepository(db: Kysely<Tables>, tenant: string): OutboxRepository {
  async function position(consumer: string): Promise<number> {
    const row = await db
      .selectFrom('outbox_positions')
      .select('seq')
      .where('tenant', '=', tenant)
      .where('consumer', '=', consumer)
      .executeTakeFirst()
    return row?.seq ?? 0
  }

  return {
    position,
    async advance(consumer, seq) {
      await db
        .insertInto('outbox_positions')
        .values({ tenant, consumer, seq })
        .onConflict((conflict) =>
          conflict.columns(['tenant', 'consumer']).doUpdateSet({ seq }).where('outbox_positions.seq', '<', seq),
        )
        .execute()
    },
    erasuresAfter: (seq) =>
      db
        .selectFrom('erasures')
        .where('tenant', '=', tenant)
        .where('seq', '>', seq)
        .select(['seq', 'item_id as itemId', 'erased_at as erasedAt'])
        .orderBy('seq')
        .execute(),
    async erasedItems(consumer) {
      const after = await position(consumer)
      const { rows } = await sql<{ id: string }>`
        select item_id as id from erasures where tenant = ${tenant} and seq > ${after}::bigint
        union select item_id from outbox_failures join erasures using (tenant, item_id)
          where tenant = ${tenant} and consumer = ${consumer}`.execute(db)
      return rows.map(({ id }) => id)
    },
  }
}

/** The changes that consumers of the outbox could not follow. */
export function outboxFailureRepository(db: Kysely<Tables>, tenant: string): OutboxFailureRepository {
  return {
    async note(consumer, { itemId, seq, reason }, most) {
      const { rows } = await sql<{ set_aside: boolean }>`
        insert into outbox_failures as known (tenant, consumer, item_id, seq, tries, set_aside, reason)
        values (${tenant}, ${consumer}, ${itemId}, ${seq}, 1, ${most <= 1}, ${plainText(reason)})
        on conflict (tenant, consumer, item_id) do update set
          seq = excluded.seq,
          tries = case when known.seq = excluded.seq then known.tries + 1 else 1 end,
          set_aside = case when known.seq = excluded.seq then known.tries + 1 else 1 end >= ${most}::integer,
          reason = excluded.reason
        returning set_aside`.execute(db)
      return rows[0]?.set_aside ?? false
    },
    async clear(consumer, itemId) {
      await db
        .deleteFrom('outbox_failures')
        .where('tenant', '=', tenant)
        .where('consumer', '=', consumer)
        .where('item_id', '=', itemId)
        .execute()
    },
    async setAside(consumer, limit): Promise<SetAside> {
      const rows = await db
        .selectFrom('outbox_failures')
        .where('tenant', '=', tenant)
        .where('consumer', '=', consumer)
        .where('set_aside', '=', true)
        .select(['item_id as itemId', 'seq', 'reason'])
        .select(({ fn }) => fn.countAll<number>().over().as('total'))
        .orderBy('seq')
        .$if(limit !== undefined, (query) => query.limit(limit ?? 0))
        .execute()
      const entries = rows.map(({ total: _, ...failure }): OutboxFailure => failure)
      return { total: rows[0]?.total ?? 0, entries }
    },
  }
}
