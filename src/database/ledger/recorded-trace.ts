import type { Kysely } from 'kysely'
import type { Tables } from '../database-schema.ts'
import { plainText } from '../plain-text.ts'
import type { TraceRepository } from '../repositories.ts'
import { readBlobs } from './blob-rows.ts'
import { unpackChunks } from './ledger-chunk.ts'

/** What the ledger has written for the runs of one tenant. */
export function traceRepository(db: Kysely<Tables>, tenant: string): TraceRepository {
  return {
    async load(runId) {
      const rows = await db
        .selectFrom('chunks')
        .innerJoin('runs', (join) =>
          join.onRef('runs.tenant', '=', 'chunks.tenant').onRef('runs.id', '=', 'chunks.run_id'),
        )
        .where('chunks.tenant', '=', tenant)
        .where('chunks.run_id', '=', plainText(runId))
        .orderBy('chunks.seq')
        .select(['chunks.packed', 'chunks.body', 'chunks.shared', 'runs.item_id as itemId'])
        .execute()
      const { exchanges, steps, texts } = await unpackChunks(rows)
      const shared = rows.flatMap((row) => row.shared)
      const long = await readBlobs(db, tenant, rows[0]?.itemId ?? '', shared)
      return { exchanges, steps, blob: (hash) => texts.get(hash) ?? long.get(hash) }
    },
  }
}
