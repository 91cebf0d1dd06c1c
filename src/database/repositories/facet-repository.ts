import type { Kysely, Selectable } from 'kysely'
import type { Tables } from '../database-schema.ts'
import { plainText } from '../plain-text.ts'
import type { StoredFacet } from '../records.ts'
import type { FacetRepository } from '../repositories.ts'

/** The drafts of facets that earlier runs published, for reuse. */
export function facetRepository(db: Kysely<Tables>, tenant: string): FacetRepository {
  const of = (itemId: string) =>
    db.selectFrom('facets').where('tenant', '=', tenant).where('item_id', '=', plainText(itemId)).selectAll()
  return {
    async forItem(itemId) {
      const rows = await of(itemId).distinctOn('facet').orderBy('facet').orderBy('version', 'desc').execute()
      return rows.map(toFacet)
    },
    async latest(itemId, facet) {
      const row = await of(itemId).where('facet', '=', facet).orderBy('version', 'desc').limit(1).executeTakeFirst()
      return row ? toFacet(row) : null
    },
    async find(itemId, facet, fingerprint) {
      const row = await of(itemId)
        .where('facet', '=', facet)
        .where('fingerprint', '=', fingerprint)
        .orderBy('version', 'desc')
        .limit(1)
        .executeTakeFirst()
      return row ? toFacet(row) : null
    },
  }
}

function toFacet(row: Selectable<Tables['facets']>): StoredFacet {
  return {
    facet: row.facet,
    fingerprint: row.fingerprint,
    runId: row.run_id,
    draft: JSON.parse(row.draft),
    provenance: JSON.parse(row.provenance),
    createdAt: row.created_at,
  }
}
