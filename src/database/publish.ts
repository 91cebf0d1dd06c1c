import type { Kysely } from 'kysely'
import type { Understanding } from '../content/understanding.ts'
import { type RunOwner, StaleAttempt } from '../ledger/store.ts'
import { jsonText, plainText } from './plain-text.ts'
import type { Label, NewFacet } from './records.ts'
import type { Publication, Published } from './repositories.ts'
import { openReview } from './reviews.ts'
import type { Tables } from './schema.ts'
import { insertTexts } from './texts.ts'

type Place = Published & { tenant: string; itemId: string; runId: string; at: number }

/**
 * Everything that a run makes visible, in one transaction. The run's row is locked first, then the tenant's counter: so versions
 * and `seq` are given out one after another, and `seq` becomes visible in its own order (a reader never sees 8 before 7).
 */
export function publish(
  db: Kysely<Tables>,
  tenant: string,
  owner: RunOwner,
  publication: Publication,
): Promise<Published> {
  const { runId } = owner
  return db.transaction().execute(async (trx) => {
    const run = await lockRun(trx, tenant, owner)
    const earlier = await trx
      .selectFrom('understandings')
      .where('tenant', '=', tenant)
      .where('run_id', '=', runId)
      .select(['version', 'seq'])
      .executeTakeFirst()
    if (earlier !== undefined) return earlier
    if (run.status !== 'running') throw new StaleAttempt(runId, owner.attempt)

    const place = {
      ...(await nextPlace(trx, tenant, run.itemId)),
      tenant,
      itemId: run.itemId,
      runId,
      at: publication.at,
    }
    const published = { version: place.version, seq: place.seq }
    const document = publication.document(published)
    await insertDocument(trx, place, document)
    await pointItemAt(trx, place, document.status, publication.intakeHash)
    await replaceLabels(trx, place, publication.labels)
    await insertFacets(trx, place, publication.facets)
    await insertTexts(trx, tenant, place.itemId, publication.texts)
    for (const review of publication.reviews) await openReview(trx, { ...place, openedAt: place.at }, review)
    return published
  })
}

/** Locks the run against other owners until the transaction ends. */
async function lockRun(trx: Kysely<Tables>, tenant: string, { runId, attempt }: RunOwner) {
  const run = await trx
    .selectFrom('runs')
    .where('tenant', '=', tenant)
    .where('id', '=', runId)
    .where('attempt', '=', attempt)
    .select(['item_id as itemId', 'status'])
    .forUpdate()
    .executeTakeFirst()
  if (run === undefined) throw new StaleAttempt(runId, attempt)
  return run
}

async function nextPlace(trx: Kysely<Tables>, tenant: string, itemId: string): Promise<Published> {
  const { seq } = await trx
    .insertInto('tenants')
    .values({ tenant, last_seq: 1 })
    .onConflict((conflict) =>
      conflict.column('tenant').doUpdateSet(({ eb }) => ({ last_seq: eb('tenants.last_seq', '+', 1) })),
    )
    .returning('last_seq as seq')
    .executeTakeFirstOrThrow()
  const item = await trx
    .selectFrom('items')
    .where('tenant', '=', tenant)
    .where('id', '=', itemId)
    .select('version')
    .forUpdate()
    .executeTakeFirst()
  if (item === undefined) throw new Error(`item ${itemId} must be stored before a run of it can publish`)
  return { version: (item.version ?? 0) + 1, seq }
}

async function insertDocument(trx: Kysely<Tables>, place: Place, document: Understanding): Promise<void> {
  await trx
    .insertInto('understandings')
    .values({
      tenant: place.tenant,
      item_id: place.itemId,
      version: place.version,
      seq: place.seq,
      run_id: place.runId,
      status: document.status,
      published_at: place.at,
      document: jsonText(document),
    })
    .execute()
  await trx
    .updateTable('runs')
    .where('tenant', '=', place.tenant)
    .where('id', '=', place.runId)
    .set({ version: place.version })
    .execute()
}

async function pointItemAt(
  trx: Kysely<Tables>,
  { tenant, itemId, version, seq, runId, at }: Place,
  status: Understanding['status'],
  intakeHash: string,
): Promise<void> {
  await trx
    .updateTable('items')
    .where('tenant', '=', tenant)
    .where('id', '=', itemId)
    .set({ version, seq, status, run_id: runId, published_at: at, intake_hash: intakeHash })
    .execute()
}

// 9 parameters a row; a statement takes 65,535.
const LABELS_PER_STATEMENT = 1000

async function replaceLabels(trx: Kysely<Tables>, { tenant, itemId }: Place, labels: readonly Label[]): Promise<void> {
  await trx.deleteFrom('labels').where('tenant', '=', tenant).where('item_id', '=', itemId).execute()
  for (let at = 0; at < labels.length; at += LABELS_PER_STATEMENT) {
    const rows = labels
      .slice(at, at + LABELS_PER_STATEMENT)
      .map(({ facet, key, labelId, taxonomy, name, score, origin }) => ({
        tenant,
        item_id: itemId,
        facet: plainText(facet),
        key: plainText(key),
        taxonomy: taxonomy === null ? null : plainText(taxonomy),
        label_id: labelId === null ? null : plainText(labelId),
        name: plainText(name),
        score,
        origin,
      }))
    // Two labels with one key are one label for search; the first, which assembly ranked higher, stays.
    await trx
      .insertInto('labels')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}

async function insertFacets(trx: Kysely<Tables>, place: Place, facets: readonly NewFacet[]): Promise<void> {
  if (facets.length === 0) return
  const rows = facets.map(({ facet, fingerprint, runId, draft, provenance }) => ({
    tenant: place.tenant,
    item_id: place.itemId,
    facet,
    run_id: runId,
    version: place.version,
    fingerprint,
    draft: jsonText(draft),
    provenance: jsonText(provenance),
    created_at: place.at,
  }))
  await trx
    .insertInto('facets')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
