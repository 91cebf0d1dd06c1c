import type { Kysely, Migration } from 'kysely'

/** What idempotency keys were first used for: a second request with one finds the run of the first, also after a restart. */
export const idempotencyKeys: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('idempotency_keys')
      .addColumn('tenant', 'text', (column) => column.notNull())
      .addColumn('key', 'text', (column) => column.notNull())
      .addColumn('body_hash', 'text', (column) => column.notNull())
      .addColumn('run_id', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('idempotency_keys_pk', ['tenant', 'key'])
      .execute()
  },
  async down(db: Kysely<unknown>) {
    await db.schema.dropTable('idempotency_keys').execute()
  },
}
