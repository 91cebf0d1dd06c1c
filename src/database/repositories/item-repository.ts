import { type Kysely, type Selectable, sql } from 'kysely'
import type { Tables } from '../database-schema.ts'
import { type PackedText, unpackText } from '../packing.ts'
import { plainText } from '../plain-text.ts'
import type { CurrentVersion, ItemRecord } from '../records.ts'
import type { ItemRepository } from '../repositories.ts'
import { idBegins, listing, pageLimit, TimeAndId } from './page-cursor.ts'

const ITEMS = listing('items', TimeAndId)

const CURRENT = ['version', 'seq', 'status', 'run_id', 'published_at', 'intake_hash'] as const

/** The items of one tenant, as they were last given, with what is published of them. */
export function itemRepository(db: Kysely<Tables>, tenant: string): ItemRepository {
  const items = () =>
    db
      .selectFrom('items')
      .innerJoin('blobs', (join) =>
        join
          .onRef('blobs.tenant', '=', 'items.tenant')
          .onRef('blobs.item_id', '=', 'items.id')
          .onRef('blobs.hash', '=', 'items.item_blob'),
      )
      .where('items.tenant', '=', tenant)
      .selectAll('items')
      .select(['blobs.packed', 'blobs.body'])
  return {
    async get(id) {
      const row = await items().where('items.id', '=', plainText(id)).executeTakeFirst()
      return row ? toItem(row) : null
    },

    async current(id) {
      const row = await db
        .selectFrom('items')
        .where('tenant', '=', tenant)
        .where('id', '=', plainText(id))
        .select(CURRENT)
        .executeTakeFirst()
      return row ? toCurrent(row) : null
    },

    async list({ idPrefix, kind, status, topic }, page) {
      const limit = pageLimit(page.limit)
      const after = ITEMS.after(page)
      let query = items()
      if (idPrefix !== undefined) query = query.where(idBegins('items.id', idPrefix))
      if (kind !== undefined) query = query.where('kind', '=', kind)
      if (status !== undefined)
        query = status === 'none' ? query.where('status', 'is', null) : query.where('status', '=', status)
      if (topic !== undefined) query = query.where('items.id', 'in', labelledItems(db, tenant, topic))
      if (after !== null) query = query.where(sql<boolean>`(created_at, id) < (${after[0]}, ${plainText(after[1])})`)
      const rows = await query
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit + 1)
        .execute()
      const found = ITEMS.page(
        rows,
        limit,
        (row) => [row.created_at, row.id],
        (row) => row,
      )
      return { ...found, entries: await Promise.all(found.entries.map(toItem)) }
    },
  }
}

/** Items whose current version has a topic, which is written `taxonomy/id`. Ids hold no slash, but names of taxonomies might. */
function labelledItems(db: Kysely<Tables>, tenant: string, topic: string) {
  const slash = topic.lastIndexOf('/')
  return db
    .selectFrom('labels')
    .innerJoin('items as labelled', (join) =>
      join
        .onRef('labelled.tenant', '=', 'labels.tenant')
        .onRef('labelled.id', '=', 'labels.item_id')
        .onRef('labelled.version', '=', 'labels.version'),
    )
    .select('item_id')
    .where('labels.tenant', '=', tenant)
    .where('facet', '=', 'topics')
    .where('taxonomy', '=', plainText(topic.slice(0, Math.max(slash, 0))))
    .where('label_id', '=', plainText(topic.slice(slash + 1)))
}

export type ItemRow = Selectable<Tables['items'] & PackedText>

export async function toItem(row: ItemRow): Promise<ItemRecord> {
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    item: JSON.parse(await unpackText(row)),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    current: toCurrent(row),
  }
}

function toCurrent(row: Pick<Tables['items'], (typeof CURRENT)[number]>): CurrentVersion | null {
  const { version, seq, status, run_id: runId, published_at: publishedAt, intake_hash: intakeHash } = row
  if (version === null || seq === null || status === null) return null
  if (runId === null || publishedAt === null || intakeHash === null) return null
  return { version, seq, status, runId, publishedAt, intakeHash }
}
