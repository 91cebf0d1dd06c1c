import { type Kysely, type Selectable, sql } from 'kysely'
import type { Tables } from '../database-schema.ts'
import { jsonText, plainText } from '../plain-text.ts'
import type { NewReview, Review } from '../records.ts'
import type { ReviewRepository } from '../repositories.ts'
import { decisionColumns, putDecision } from './decision-repository.ts'
import { idBegins, listing, pageLimit, TimeAndId } from './page-cursor.ts'

const REVIEWS = listing('reviews', TimeAndId)

/** Questions to people about labels of one tenant's items. */
export function reviewRepository(db: Kysely<Tables>, tenant: string): ReviewRepository {
  const reviews = () => db.selectFrom('reviews').where('tenant', '=', tenant).selectAll()
  return {
    async get(id) {
      const row = await reviews().where('id', '=', plainText(id)).executeTakeFirst()
      return row ? toReview(row) : null
    },

    async list({ idPrefix, status, itemId, facet }, page) {
      const limit = pageLimit(page.limit)
      const after = REVIEWS.after(page)
      let query = reviews()
      if (idPrefix !== undefined) query = query.where(idBegins('id', idPrefix))
      if (status !== undefined) query = query.where('status', '=', status)
      if (itemId !== undefined) query = query.where('item_id', '=', plainText(itemId))
      if (facet !== undefined) query = query.where('facet', '=', plainText(facet))
      if (after !== null) query = query.where(sql<boolean>`(opened_at, id) > (${after[0]}, ${plainText(after[1])})`)
      const rows = await query
        .orderBy('opened_at')
        .orderBy('id')
        .limit(limit + 1)
        .execute()
      return REVIEWS.page(rows, limit, (row) => [row.opened_at, row.id], toReview)
    },

    decide: (id, answer) =>
      db.transaction().execute(async (trx) => {
        const row = await trx
          .selectFrom('reviews')
          .where('tenant', '=', tenant)
          .where('id', '=', plainText(id))
          .selectAll()
          .forUpdate()
          .executeTakeFirst()
        if (row === undefined) return { kind: 'unknown' }
        if (row.status === 'decided') return { kind: 'already-decided', review: toReview(row) }
        const closed = await trx
          .updateTable('reviews')
          .set({ status: 'decided', ...decisionColumns(answer) })
          .where('tenant', '=', tenant)
          .where('id', '=', row.id)
          .returningAll()
          .executeTakeFirstOrThrow()
        await putDecision(trx, tenant, row.item_id, { facet: row.facet, key: row.key, ...answer })
        return { kind: 'decided', review: toReview(closed) }
      }),
  }
}

/**
 * Opens a review inside the transaction that publishes. If one about the same label is open, it asks the new question and keeps its id and its
 * place in the queue. If the label was decided in the meantime, it is not asked about again.
 */
export async function openReview(
  trx: Kysely<Tables>,
  at: { tenant: string; itemId: string; runId: string; version: number; openedAt: number },
  { id, facet, key, question }: NewReview,
): Promise<void> {
  const label = { tenant: at.tenant, item_id: at.itemId, facet: plainText(facet), key: plainText(key) }
  const decided = await trx
    .selectFrom('decisions')
    .where((where) => where.and(label))
    .select('key')
    .executeTakeFirst()
  if (decided !== undefined) return
  const asked = { question: jsonText(question), run_id: at.runId, version: at.version }
  await trx
    .insertInto('reviews')
    .values({ ...label, ...asked, id, status: 'open', opened_at: at.openedAt })
    .onConflict((conflict) =>
      conflict.columns(['tenant', 'item_id', 'facet', 'key']).where('status', '=', 'open').doUpdateSet(asked),
    )
    .execute()
}

function toReview(row: Selectable<Tables['reviews']>): Review {
  const { facet, key, action, note, decided_by: by, decided_at: at } = row
  return {
    id: row.id,
    itemId: row.item_id,
    facet,
    key,
    question: JSON.parse(row.question),
    status: row.status,
    runId: row.run_id,
    version: row.version,
    openedAt: row.opened_at,
    decision:
      action === null || by === null || at === null
        ? null
        : { facet, key, action, value: row.value === null ? null : JSON.parse(row.value), note, by, at },
  }
}
