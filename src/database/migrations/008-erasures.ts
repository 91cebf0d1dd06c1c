import { type Kysely, type Migration, sql } from 'kysely'

/** That an item was erased, in the order of publications: whoever keeps a copy of them learns it. One line an item, the newest. */
export const erasures: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create table erasures (
      tenant text not null, item_id text not null, seq bigint not null, erased_at bigint not null,
      primary key (tenant, item_id), unique (tenant, seq))`.execute(db)
  },
  async down(db: Kysely<unknown>) {
    await sql`drop table erasures`.execute(db)
  },
}
