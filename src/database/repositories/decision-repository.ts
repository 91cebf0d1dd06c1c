import type { Kysely } from 'kysely'
import type { Tables } from '../database-schema.ts'
import { jsonText, plainText } from '../plain-text.ts'
import type { Decision } from '../records.ts'
import type { DecisionRepository } from '../repositories.ts'

/** Stores a decision, which replaces an earlier one about the same label. It works inside a transaction and on its own. */
export async function putDecision(
  db: Kysely<Tables>,
  tenant: string,
  itemId: string,
  { facet, key, ...decision }: Decision,
): Promise<void> {
  const columns = decisionColumns(decision)
  await db
    .insertInto('decisions')
    .values({ tenant, item_id: plainText(itemId), facet: plainText(facet), key: plainText(key), ...columns })
    .onConflict((conflict) => conflict.columns(['tenant', 'item_id', 'facet', 'key']).doUpdateSet(columns))
    .execute()
}

/** The columns that decisions and decided reviews share. */
export function decisionColumns({ action, value, note, by, at }: Omit<Decision, 'facet' | 'key'>) {
  return {
    action,
    value: jsonText(value),
    note: note === null ? null : plainText(note),
    decided_by: plainText(by),
    decided_at: at,
  }
}

/** What people decided about labels of one tenant's items. */
export function decisionRepository(db: Kysely<Tables>, tenant: string): DecisionRepository {
  return {
    put: (itemId, decision) => putDecision(db, tenant, itemId, decision),
    async forItem(itemId) {
      const rows = await db
        .selectFrom('decisions')
        .where('tenant', '=', tenant)
        .where('item_id', '=', plainText(itemId))
        .orderBy('facet')
        .orderBy('key')
        .select(['facet', 'key', 'action', 'value', 'note', 'decided_by as by', 'decided_at as at'])
        .execute()
      return rows.map((row) => ({ ...row, value: JSON.parse(row.value) }))
    },
  }
}
