import { type Kysely, type Selectable, sql } from 'kysely'
import { makePage, pageLimit, readCursor, TimeAndId } from './cursor.ts'
import { jsonText, plainText } from './plain-text.ts'
import type { CurrentVersion, ItemRecord } from './records.ts'
import type { ItemRepository } from './repositories.ts'
import type { Tables } from './schema.ts'

/** Items of one tenant, as they were last given, with what is published of them. */
export function itemRepository(db: Kysely<Tables>, tenant: string): ItemRepository {
  const items = () => db.selectFrom('items').where('tenant', '=', tenant)
  return {
    async put(id, item, at) {
      const row = { kind: item.kind, title: plainText(item.title), item: jsonText(item), updated_at: at }
      await db
        .insertInto('items')
        .values({ tenant, id: plainText(id), created_at: at, ...row })
        .onConflict((conflict) =>
          // `excluded`, not the values again: the item may be megabytes.
          conflict.columns(['tenant', 'id']).doUpdateSet(({ ref }) => ({
            kind: ref('excluded.kind'),
            title: ref('excluded.title'),
            item: ref('excluded.item'),
            updated_at: ref('excluded.updated_at'),
          })),
        )
        .execute()
    },

    async get(id) {
      const row = await items().where('id', '=', plainText(id)).selectAll().executeTakeFirst()
      return row ? toItem(row) : null
    },

    async list({ kind, status, topic }, page) {
      const limit = pageLimit(page.limit)
      const after = readCursor(TimeAndId, page)
      let query = items().selectAll()
      if (kind !== undefined) query = query.where('kind', '=', kind)
      if (status !== undefined)
        query = status === 'none' ? query.where('status', 'is', null) : query.where('status', '=', status)
      if (topic !== undefined) query = query.where('id', 'in', labelledItems(db, tenant, topic))
      if (after !== null) query = query.where(sql<boolean>`(created_at, id) < (${after[0]}, ${plainText(after[1])})`)
      const rows = await query
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit + 1)
        .execute()
      return makePage(rows, limit, (row) => [row.created_at, row.id], toItem)
    },
  }
}

/** Items whose current version carries a topic, written `taxonomy/id`; ids hold no slash, names of taxonomies might. */
function labelledItems(db: Kysely<Tables>, tenant: string, topic: string) {
  const slash = topic.lastIndexOf('/')
  return db
    .selectFrom('labels')
    .select('item_id')
    .where('tenant', '=', tenant)
    .where('facet', '=', 'topics')
    .where('taxonomy', '=', plainText(topic.slice(0, Math.max(slash, 0))))
    .where('label_id', '=', plainText(topic.slice(slash + 1)))
}

function toItem(row: Selectable<Tables['items']>): ItemRecord {
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    item: JSON.parse(row.item),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    current: toCurrent(row),
  }
}

function toCurrent(row: Selectable<Tables['items']>): CurrentVersion | null {
  const { version, seq, status, run_id: runId, published_at: publishedAt, intake_hash: intakeHash } = row
  if (version === null || seq === null || status === null) return null
  if (runId === null || publishedAt === null || intakeHash === null) return null
  return { version, seq, status, runId, publishedAt, intakeHash }
}
