import { type Kysely, sql } from 'kysely'
import { StaleAttempt } from '../../ledger/ledger-store.ts'
import type { Tables } from '../database-schema.ts'
import { plainText } from '../plain-text.ts'
import type { Claim, RunRepository } from '../run-repository.ts'
import { toRun } from './run-rows.ts'

type Ownership = Pick<RunRepository, 'claim' | 'claimNext' | 'heartbeat' | 'requestCancel' | 'orphans'>

/**
 * Who may write for a run. Each statement decides and changes at once, so two processes never both win. A claim raises `attempt`, and
 * everything that an owner writes names its attempt.
 */
export function runOwnership(db: Kysely<Tables>, tenant: string): Ownership {
  const update = () => db.updateTable('runs').where('tenant', '=', tenant)
  const claiming = ({ owner, now, leaseMs }: Claim) =>
    update().set(({ eb, fn, ref }) => ({
      status: 'running',
      attempt: eb('attempt', '+', 1),
      owner: plainText(owner),
      lease_until: now + leaseMs,
      started_at: fn.coalesce(ref('started_at'), eb.val(now)),
    }))

  return {
    async claim(id, { ifAttempt, ...claim }) {
      const row = await claiming(claim)
        .where('id', '=', plainText(id))
        .where(({ and, or, eb }) =>
          or([
            eb('status', '=', 'queued'),
            and([
              eb('status', '=', 'running'),
              ifAttempt === undefined ? eb('lease_until', '<=', claim.now) : eb('attempt', '=', ifAttempt),
            ]),
          ]),
        )
        .returningAll()
        .executeTakeFirst()
      return row ? toRun(row) : null
    },

    async claimNext(claim) {
      const first = db
        .selectFrom('runs')
        .select('id')
        .where('tenant', '=', tenant)
        .where('status', '=', 'queued')
        .orderBy('id')
        .limit(1)
        .forUpdate()
        .skipLocked()
      const row = await claiming(claim).where('id', '=', first).returningAll().executeTakeFirst()
      return row ? toRun(row) : null
    },

    async heartbeat({ runId, attempt }, leaseUntil) {
      const row = await update()
        .set({ lease_until: leaseUntil })
        .where('id', '=', runId)
        .where('attempt', '=', attempt)
        .where('status', '=', 'running')
        .returning('cancel_requested')
        .executeTakeFirst()
      if (row === undefined) throw new StaleAttempt(runId, attempt)
      return { cancelRequested: row.cancel_requested }
    },

    async requestCancel(id, at) {
      const queued = sql<boolean>`status = 'queued'`
      await update()
        .where('id', '=', plainText(id))
        .where('status', 'in', ['queued', 'running'])
        .set({
          cancel_requested: true,
          status: sql`case when ${queued} then 'cancelled' else status end`,
          finished_at: sql`case when ${queued} then ${at}::bigint else finished_at end`,
        })
        .execute()
      const row = await db
        .selectFrom('runs')
        .where('tenant', '=', tenant)
        .where('id', '=', plainText(id))
        .selectAll()
        .executeTakeFirst()
      return row ? toRun(row) : null
    },

    async orphans({ now, soleOwner }) {
      const rows = await db
        .selectFrom('runs')
        .where('tenant', '=', tenant)
        .where('status', '=', 'running')
        .where(({ or, eb }) =>
          or([
            eb('lease_until', '<=', now),
            ...(soleOwner === undefined ? [] : [eb('owner', '!=', plainText(soleOwner))]),
          ]),
        )
        .orderBy('id')
        .selectAll()
        .execute()
      return rows.map(toRun)
    },
  }
}
