import { type Kysely, sql } from 'kysely'
import { packText, unpackText } from './packing.ts'
import { jsonText, plainText } from './plain-text.ts'
import type { TextRepository } from './repositories.ts'
import type { Tables } from './schema.ts'

/** Texts of one tenant's items by hash, and what was computed from them. */
export function textRepository(db: Kysely<Tables>, tenant: string): TextRepository {
  return {
    async put(itemId, texts) {
      if (texts.length === 0) return
      await db
        .insertInto('texts')
        .values(
          texts.map(({ text, ...rest }) => ({ tenant, item_id: plainText(itemId), body: plainText(text), ...rest })),
        )
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    },

    async get(itemId, hash) {
      const row = await db
        .selectFrom('texts')
        .where('tenant', '=', tenant)
        .where('item_id', '=', plainText(itemId))
        .where('hash', '=', hash)
        .orderBy('source', 'desc')
        .select(['source', 'hash', 'body as text', 'normaliser'])
        .executeTakeFirst()
      return row ?? null
    },

    async putDerived(itemId, derived) {
      if (derived.length === 0) return
      const id = plainText(itemId)
      const rows = await Promise.all(
        derived.map(async ({ textHash, kind, version, value }) => {
          const { packed, body } = await packText(jsonText(value))
          return sql`(${textHash}::text, ${kind}::text, ${version}::text, ${packed}::boolean, ${body}::bytea)`
        }),
      )
      // A run that is stopped because its item is erased may still come here.
      await sql`
        insert into derived (tenant, item_id, text_hash, kind, version, packed, body)
        select ${tenant}::text, ${id}::text, made.* from (values ${sql.join(rows)}) as made
        where exists (select from items where tenant = ${tenant} and id = ${id})
          or not exists (select from erasures where tenant = ${tenant} and item_id = ${id})
        on conflict (tenant, item_id, text_hash, kind, version)
          do update set packed = excluded.packed, body = excluded.body`.execute(db)
    },

    async getDerived(itemId, key) {
      const row = await db
        .selectFrom('derived')
        .where('tenant', '=', tenant)
        .where('item_id', '=', plainText(itemId))
        .where('text_hash', '=', key.textHash)
        .where('kind', '=', key.kind)
        .where('version', '=', key.version)
        .select(['packed', 'body'])
        .executeTakeFirst()
      return row ? { ...key, value: JSON.parse(await unpackText(row)) } : null
    },
  }
}
