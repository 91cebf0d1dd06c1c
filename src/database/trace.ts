import type { Kysely, Selectable } from 'kysely'
import { liftedHashes } from '../ledger/canonical.ts'
import type { Exchange } from '../ledger/exchange.ts'
import { readBlobs } from './blobs.ts'
import { plainText } from './plain-text.ts'
import type { TraceRepository } from './repositories.ts'
import type { Tables } from './schema.ts'

/** What the ledger wrote for runs of one tenant. */
export function traceRepository(db: Kysely<Tables>, tenant: string): TraceRepository {
  const exchanges = (runId: string) =>
    db.selectFrom('exchanges').where('tenant', '=', tenant).where('run_id', '=', plainText(runId)).selectAll()
  const steps = (runId: string) =>
    db
      .selectFrom('steps')
      .where('tenant', '=', tenant)
      .where('run_id', '=', plainText(runId))
      .orderBy('superstep')
      .orderBy('node')
      .orderBy('visit')
      .select(['node', 'visit', 'superstep', 'started_at as startedAt', 'ms', 'state_update as update', 'error'])
      .execute()
  return {
    steps,

    async load(runId) {
      const run = await db
        .selectFrom('runs')
        .where('tenant', '=', tenant)
        .where('id', '=', plainText(runId))
        .select('item_id')
        .executeTakeFirst()
      const calls = (await exchanges(runId).orderBy('seq').execute()).map(toExchange)
      const done = await steps(runId)
      const itemId = run?.item_id ?? ''
      const named = [
        ...calls.flatMap(({ request, response }) => [request, response]),
        ...done.map(({ update }) => update),
      ]
      const bodies = await readBlobs(
        db,
        tenant,
        itemId,
        named.filter((hash) => hash !== null),
      )
      const lifted = await readBlobs(db, tenant, itemId, [...bodies.values()].flatMap(liftedHashes))
      return { steps: done, exchanges: calls, blob: (hash) => bodies.get(hash) ?? lifted.get(hash) }
    },

    async exchanges(runId) {
      return (await exchanges(runId).orderBy('seq').execute()).map(toExchange)
    },

    async exchange(runId, { node, visit, kind, n }) {
      const row = await exchanges(runId)
        .where('node', '=', plainText(node))
        .where('visit', '=', visit)
        .where('kind', '=', kind)
        .where('n', '=', n)
        .executeTakeFirst()
      return row ? toExchange(row) : null
    },
  }
}

function toExchange(row: Selectable<Tables['exchanges']>): Exchange {
  const { node, visit, kind, n, nth, request, response, outcome, ms, retries } = row
  const { input_tokens: inputTokens, cached_tokens: cachedTokens, output_tokens: outputTokens, usd } = row
  const cost =
    inputTokens === null || cachedTokens === null || outputTokens === null
      ? null
      : { inputTokens, cachedTokens, outputTokens, usd }
  const call = { node, visit, kind, n, requestHash: row.request_hash, nth }
  return { ...call, request, response, outcome, startedAt: row.started_at, ms, cost, retries }
}
