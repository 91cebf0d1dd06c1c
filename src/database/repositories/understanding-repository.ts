import type { Kysely } from 'kysely'
import { type DocumentPlace, placeDocument, type Understanding } from '../../content/understanding-schema.ts'
import type { Tables } from '../database-schema.ts'
import { type PackedText, unpackText } from '../packing.ts'
import { plainText } from '../plain-text.ts'
import type { UnderstandingRepository } from '../repositories.ts'
import { listing, NumberOnly, pageLimit } from './page-cursor.ts'
import { changesAfter } from './published-changes.ts'

const VERSIONS = listing('versions', NumberOnly)

const DOCUMENT = ['version', 'seq', 'packed', 'body'] as const
const SUMMARY = ['version', 'seq', 'status', 'run_id as runId', 'published_at as publishedAt'] as const

/** The published documents of one tenant: versions, the labels of the current one, and the outbox. */
export function understandingRepository(db: Kysely<Tables>, tenant: string): UnderstandingRepository {
  const all = () => db.selectFrom('understandings').where('tenant', '=', tenant)
  const of = (itemId: string) => all().where('item_id', '=', plainText(itemId))
  return {
    async current(itemId) {
      const row = await of(itemId).orderBy('version', 'desc').limit(1).select(DOCUMENT).executeTakeFirst()
      return row ? toDocument(row) : null
    },

    async version(itemId, version) {
      if (!isInteger32(version)) return null
      const row = await of(itemId).where('version', '=', version).select(DOCUMENT).executeTakeFirst()
      return row ? toDocument(row) : null
    },

    async versions(itemId, page) {
      const limit = pageLimit(page.limit)
      const after = VERSIONS.after(page)
      let query = of(itemId).select(SUMMARY)
      if (after !== null) query = query.where('version', '<', after[0])
      const rows = await query
        .orderBy('version', 'desc')
        .limit(limit + 1)
        .execute()
      return VERSIONS.page(
        rows,
        limit,
        (row) => [row.version],
        (row) => row,
      )
    },

    changes: (afterSeq, limit) => changesAfter(db, tenant, afterSeq, pageLimit(limit)),

    labels: (itemId) =>
      db
        .selectFrom('labels')
        .innerJoin('items', (join) =>
          join
            .onRef('items.tenant', '=', 'labels.tenant')
            .onRef('items.id', '=', 'labels.item_id')
            .onRef('items.version', '=', 'labels.version'),
        )
        .where('labels.tenant', '=', tenant)
        .where('item_id', '=', plainText(itemId))
        .orderBy('facet')
        .orderBy('score', (order) => order.desc().nullsLast())
        .orderBy('key')
        .select(['facet', 'key', 'taxonomy', 'label_id as labelId', 'name', 'score', 'origin'])
        .execute(),
  }
}

async function toDocument({ version, seq, ...packed }: PackedText & DocumentPlace): Promise<Understanding> {
  return placeDocument(JSON.parse(await unpackText(packed)), { version, seq })
}

function isInteger32(n: number): boolean {
  return Number.isInteger(n) && Math.abs(n) < 2 ** 31
}
