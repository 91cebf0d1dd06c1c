import { type Kysely, type Migration, sql } from 'kysely'

/** How far each consumer of the outbox (`changes`) has come. */
export const outbox: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create table outbox_positions (
      tenant text not null, consumer text not null, seq bigint not null,
      primary key (tenant, consumer))`.execute(db)
  },
  async down(db: Kysely<unknown>) {
    await sql`drop table outbox_positions`.execute(db)
  },
}
