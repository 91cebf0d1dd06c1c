import type { Kysely } from 'kysely'
import type { OutboxRepository } from './repositories.ts'
import type { Tables } from './schema.ts'

export function outboxRepository(db: Kysely<Tables>, tenant: string): OutboxRepository {
  return {
    async position(consumer) {
      const row = await db
        .selectFrom('outbox_positions')
        .select('seq')
        .where('tenant', '=', tenant)
        .where('consumer', '=', consumer)
        .executeTakeFirst()
      return row?.seq ?? 0
    },
    async advance(consumer, seq) {
      await db
        .insertInto('outbox_positions')
        .values({ tenant, consumer, seq })
        .onConflict((conflict) =>
          conflict.columns(['tenant', 'consumer']).doUpdateSet({ seq }).where('outbox_positions.seq', '<', seq),
        )
        .execute()
    },
  }
}
