import { type Kysely, sql } from 'kysely'
import type { Tables } from '../database-schema.ts'
import type { Change } from '../records.ts'

type Row = Omit<Extract<Change, { change: 'published' }>, 'change'> & { erasedAt: number | null }

/**
 * The outbox after `seq`. One statement reads both tables, because two statements would miss a line that was written between them. Each branch has
 * its own limit, so that both are read by their index on `seq`.
 */
export async function changesAfter(
  db: Kysely<Tables>,
  tenant: string,
  afterSeq: number,
  limit: number,
): Promise<Change[]> {
  const after = Math.min(Math.max(Math.trunc(afterSeq) || 0, 0), Number.MAX_SAFE_INTEGER)
  const { rows } = await sql<Row>`
    (select item_id as "itemId", seq, version, status, run_id as "runId", published_at as "publishedAt", null::bigint as "erasedAt"
      from understandings where tenant = ${tenant} and seq > ${after}::bigint order by seq limit ${limit}::int)
    union all
    (select item_id, seq, null, null, null, null, erased_at
      from erasures where tenant = ${tenant} and seq > ${after}::bigint order by seq limit ${limit}::int)
    order by seq limit ${limit}::int`.execute(db)
  return rows.map(({ erasedAt, ...change }) =>
    erasedAt === null
      ? { change: 'published', ...change }
      : { change: 'erased', seq: change.seq, itemId: change.itemId, erasedAt },
  )
}
