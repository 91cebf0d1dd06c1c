import type { Kysely } from 'kysely'
import type { Tables } from '../database-schema.ts'
import { unpackText } from '../packing.ts'
import { plainText } from '../plain-text.ts'
import type { TextRepository } from '../repositories.ts'
import { readDerived } from './derived-values.ts'

/** Texts of one tenant's items by hash, and what was computed from them. */
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

    async getDerived(itemId, key) {
      const run = await db
        .selectFrom('items')
        .innerJoin('runs', (join) =>
          join.onRef('runs.tenant', '=', 'items.tenant').onRef('runs.id', '=', 'items.run_id'),
        )
        .where('items.tenant', '=', tenant)
        .where('items.id', '=', plainText(itemId))
        .select(['runs.item_id', 'runs.derived'])
        .executeTakeFirst()
      if (run === undefined) return null
      const [found = null] = await readDerived(
        db,
        tenant,
        run,
        ({ textHash, kind, version }) => textHash === key.textHash && kind === key.kind && version === key.version,
      )
      return found
    },
  }
}
