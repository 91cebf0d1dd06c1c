import { type Kysely, sql } from 'kysely'
import type { Tables } from '../database-schema.ts'
import type { OutboxRepository } from '../repositories.ts'

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
