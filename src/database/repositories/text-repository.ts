import type { Kysely } from 'kysely'
import type { Tables } from '../database-schema.ts'
import { unpackText } from '../packing.ts'
import { plainText } from '../plain-text.ts'
import type { TextRepository } from '../repositories.ts'

/** The texts of one tenant's items, by hash. */
export function textRepository(db: Kysely<Tables>, tenant: string): TextRepository {
  return {
    async get(itemId, hash) {
      const row = await db
        .selectFrom('texts')
        .where('tenant', '=', tenant)
        .where('item_id', '=', plainText(itemId))
        .where('hash', '=', hash)
        .orderBy('source', 'desc')
        .select(['source', 'hash', 'normaliser', 'packed', 'body'])
        .executeTakeFirst()
      if (row === undefined) return null
      const { packed, body, ...text } = row
      return { ...text, text: await unpackText({ packed, body }) }
    },
  }
}
