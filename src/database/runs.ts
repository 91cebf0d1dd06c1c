import type { Kysely } from 'kysely'
import { sha256 } from '../content/hash.ts'
import { readBlobs } from './blobs.ts'
import { IdOnly, makePage, pageLimit, readCursor } from './cursor.ts'
import { packText } from './packing.ts'
import { jsonText, plainText } from './plain-text.ts'
import type { RunRepository } from './repositories.ts'
import { runOwnership } from './run-ownership.ts'
import { toRun } from './run-record.ts'
import type { Tables } from './schema.ts'

/** Runs of one tenant: what they were asked, who owns them, how they ended. */
export function runRepository(db: Kysely<Tables>, tenant: string): RunRepository {
  const runs = () => db.selectFrom('runs').where('tenant', '=', tenant).selectAll()
  return {
    ...runOwnership(db, tenant),

    async create({ item, ...run }) {
      const text = jsonText(item)
      const blob = { hash: sha256(text), ...(await packText(text)) }
      await db.transaction().execute(async (trx) => {
        await trx
          .insertInto('blobs')
          .values({ tenant, item_id: run.itemId, ...blob })
          .onConflict((conflict) => conflict.doNothing())
          .execute()
        await trx
          .insertInto('runs')
          .values({
            tenant,
            id: run.id,
            item_id: run.itemId,
            item_blob: blob.hash,
            effort: run.effort,
            config: jsonText(run.config),
            requested: run.requested === null ? null : jsonText(run.requested),
            parent_run_id: run.parentRunId,
            status: 'queued',
            attempt: 0,
            cancel_requested: false,
            created_at: run.createdAt,
          })
          .onConflict((conflict) => conflict.doNothing())
          .execute()
      })
    },

    async get(id) {
      const row = await runs().where('id', '=', plainText(id)).executeTakeFirst()
      return row ? toRun(row) : null
    },

    async list({ itemId, status, since }, page) {
      const limit = pageLimit(page.limit)
      const after = readCursor(IdOnly, page)
      let query = runs()
      if (itemId !== undefined) query = query.where('item_id', '=', plainText(itemId))
      if (status !== undefined) query = query.where('status', '=', status)
      if (since !== undefined) query = query.where('created_at', '>=', since)
      if (after !== null) query = query.where('id', '<', plainText(after[0]))
      const rows = await query
        .orderBy('id', 'desc')
        .limit(limit + 1)
        .execute()
      return makePage(rows, limit, (row) => [row.id], toRun)
    },

    async item(id) {
      const row = await runs().where('id', '=', plainText(id)).executeTakeFirst()
      if (row === undefined) return null
      const text = (await readBlobs(db, tenant, row.item_id, [row.item_blob])).get(row.item_blob)
      return text === undefined ? null : JSON.parse(text)
    },
  }
}
