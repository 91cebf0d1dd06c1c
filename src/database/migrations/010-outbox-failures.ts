import { type Kysely, type Migration, sql } from 'kysely'

/** Changes that a consumer of the outbox could not follow, the last one of each item: tried again, or set aside. */
export const outboxFailures: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create table outbox_failures (
      tenant text not null, consumer text not null, item_id text not null,
      seq bigint not null, tries integer not null, set_aside boolean not null, reason text not null,
      primary key (tenant, consumer, item_id))`.execute(db)
  },
  async down(db: Kysely<unknown>) {
    await sql`drop table outbox_failures`.execute(db)
  },
}
