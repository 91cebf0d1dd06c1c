import { type Kysely, sql } from 'kysely'
import type { Tables } from '../database-schema.ts'
import { unpackText } from '../packing.ts'
import { plainText } from '../plain-text.ts'
import type { RunRepository } from '../run-repository.ts'
import { keepDerived, readDerived } from './derived-values.ts'
import { newRuns } from './new-runs.ts'
import { IdOnly, idBegins, listing, pageLimit } from './page-cursor.ts'
import { runOwnership } from './run-ownership.ts'
import { toRun } from './run-rows.ts'

const RUNS = listing('runs', IdOnly)

/** The runs of one tenant: what they were asked, who owns them, and how they ended. */
export function runRepository(db: Kysely<Tables>, tenant: string): RunRepository {
  const runs = () => db.selectFrom('runs').where('tenant', '=', tenant).selectAll()
  return {
    ...newRuns(db, tenant),
    ...runOwnership(db, tenant),

    async get(id) {
      const row = await runs().where('id', '=', plainText(id)).executeTakeFirst()
      return row ? toRun(row) : null
    },

    async list({ idPrefix, itemId, status, unchanged, since, failedNode, model, prompt, costOver }, page) {
      const limit = pageLimit(page.limit)
      const after = RUNS.after(page)
      let query = runs()
      if (idPrefix !== undefined) query = query.where(idBegins('id', idPrefix))
      if (itemId !== undefined) query = query.where('item_id', '=', plainText(itemId))
      if (status !== undefined) query = query.where('status', '=', status)
      if (unchanged === false) query = query.where('status', '<>', 'unchanged')
      if (since !== undefined) query = query.where('created_at', '>=', since)
      if (failedNode !== undefined)
        query = query.where(holds('failed_nodes', failedNode)).where(sql<boolean>`failed_nodes <> '{}'`)
      if (model !== undefined) query = query.where(holds('models', model))
      if (prompt !== undefined) query = query.where(holds('prompts', prompt))
      if (costOver !== undefined) query = query.where('usd', '>', costOver)
      if (after !== null) query = query.where('id', '<', plainText(after[0]))
      const rows = await query
        .orderBy('id', 'desc')
        .limit(limit + 1)
        .execute()
      return RUNS.page(rows, limit, (row) => [row.id], toRun)
    },

    keepDerived: (owner, derived) => keepDerived(db, tenant, owner, derived),

    async derived(id) {
      const run = await db
        .selectFrom('runs')
        .where('tenant', '=', tenant)
        .where('id', '=', plainText(id))
        .select(['item_id', 'derived'])
        .executeTakeFirst()
      return run === undefined ? [] : readDerived(db, tenant, run)
    },

    async item(id) {
      const blob = await db
        .selectFrom('runs')
        .innerJoin('blobs', (join) =>
          join
            .onRef('blobs.tenant', '=', 'runs.tenant')
            .onRef('blobs.item_id', '=', 'runs.item_id')
            .onRef('blobs.hash', '=', 'runs.item_blob'),
        )
        .where('runs.tenant', '=', tenant)
        .where('runs.id', '=', plainText(id))
        .select(['blobs.packed', 'blobs.body'])
        .executeTakeFirst()
      return blob === undefined ? null : JSON.parse(await unpackText(blob))
    },
  }
}

/** Whether a list of the run's summary holds a value. The index of the list answers it. */
function holds(column: 'failed_nodes' | 'models' | 'prompts', value: string) {
  return sql<boolean>`${sql.ref(column)} @> array[${plainText(value)}]::text[]`
}
