import type { Kysely } from 'kysely'
import type { Tables } from '../database-schema.ts'
import { plainText } from '../plain-text.ts'
import type { IdempotencyRepository } from '../repositories.ts'

/** What the idempotency keys of one tenant were first used for. */
export function idempotencyRepository(db: Kysely<Tables>, tenant: string): IdempotencyRepository {
  const find: IdempotencyRepository['find'] = async (key) => {
    const row = await db
      .selectFrom('idempotency_keys')
      .where('tenant', '=', tenant)
      .where('key', '=', plainText(key))
      .select(['body_hash as bodyHash', 'run_id as runId'])
      .executeTakeFirst()
    return row ?? null
  }
  return {
    find,
    async put(key, { bodyHash, runId, at }) {
      await db
        .insertInto('idempotency_keys')
        .values({ tenant, key: plainText(key), body_hash: bodyHash, run_id: runId, created_at: at })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      return (await find(key)) ?? { bodyHash, runId }
    },
  }
}
