import { type Kysely, type Migration, sql } from 'kysely'

const STATEMENTS = [
  `alter table texts add column packed boolean not null default false, add column packed_body bytea`,
  `update texts set packed_body = convert_to(body, 'UTF8')`,
  `alter table texts drop column body`,
  `alter table texts rename column packed_body to body`,
  `alter table texts alter column body set not null, alter column body set storage external, alter column packed drop default`,

  `alter table understandings add column packed boolean not null default false, add column body bytea`,
  `update understandings set body = convert_to(document, 'UTF8')`,
  `alter table understandings drop column document`,
  `alter table understandings alter column body set not null, alter column body set storage external,
    alter column packed drop default`,

  // Labels say which version they belong to: those of an earlier one are no longer counted, whoever deletes them when.
  `alter table labels add column version integer`,
  `update labels set version = items.version from items where items.tenant = labels.tenant and items.id = labels.item_id`,
  `delete from labels where version is null`,
  `alter table labels alter column version set not null`,
  // Items are looked for by labels of a taxonomy; most labels are names.
  `delete from labels where facet = 'chapters'`,
  `drop index labels_by_id`,
  `create index labels_by_id on labels (tenant, facet, taxonomy, label_id, item_id) where taxonomy is not null`,
]

/** Texts and documents are compressed as blobs are: what a publication costs is mostly the pages that it fills. */
export const packedDocuments: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}
