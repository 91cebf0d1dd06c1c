import { type Kysely, type Migration, sql } from 'kysely'

const STATEMENTS = [
  `alter table items add column item_blob text`,
  `insert into blobs (tenant, item_id, hash, packed, body)
    select tenant, id, 'sha256:' || encode(sha256(convert_to(item, 'UTF8')), 'hex'), false, convert_to(item, 'UTF8') from items
    on conflict do nothing`,
  `update items set item_blob = 'sha256:' || encode(sha256(convert_to(item, 'UTF8')), 'hex')`,
  `alter table items alter column item_blob set not null`,
  `alter table items drop column item`,
]

/** An item stands where its runs have it, as a blob: it is written once, and not at all when it is given again as it was. */
export const itemBlobs: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}
