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
    if (run.version !== null && run.seq !== null) return { version: run.version, seq: run.seq }
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
    await insertDocument(trx, place, document, publication.intakeHash)
    await replaceLabels(trx, place, publication.labels)
    await insertFacets(trx, place, publication.facets)
    await insertTexts(trx, tenant, place.itemId, publication.texts)
    for (const review of publication.reviews) await openReview(trx, { ...place, openedAt: place.at }, review)
    return published
  })
}

/** Locks the run against other owners until the transaction ends, and tells what it has published already. */
async function lockRun(trx: Kysely<Tables>, tenant: string, { runId, attempt }: RunOwner) {
  const run = await trx
    .selectFrom('runs')
    .leftJoin('understandings', (join) =>
      join.onRef('understandings.tenant', '=', 'runs.tenant').onRef('understandings.run_id', '=', 'runs.id'),
    )
    .where('runs.tenant', '=', tenant)
    .where('runs.id', '=', runId)
    .where('runs.attempt', '=', attempt)
    .select(['runs.item_id as itemId', 'runs.status', 'understandings.version', 'understandings.seq'])
    .forUpdate('runs')
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

/** The version, and the run and the item that point at it, in one statement. */
async function insertDocument(
  trx: Kysely<Tables>,
  { tenant, itemId, runId, version, seq, at }: Place,
  document: Understanding,
  intakeHash: string,
): Promise<void> {
  const { status } = document
  await trx
    .with('run', (db) => db.updateTable('runs').where('tenant', '=', tenant).where('id', '=', runId).set({ version }))
    .with('item', (db) =>
      db
        .updateTable('items')
        .where('tenant', '=', tenant)
        .where('id', '=', itemId)
        .set({ version, seq, status, run_id: runId, published_at: at, intake_hash: intakeHash }),
    )
    .insertInto('understandings')
    .values({
      tenant,
      item_id: itemId,
      version,
      seq,
      run_id: runId,
      status,
      published_at: at,
      document: jsonText(document),
    })
    .execute()
}

// 9 parameters a row; a statement takes 65,535.
const LABELS_PER_STATEMENT = 1000

async function replaceLabels(
  trx: Kysely<Tables>,
  { tenant, itemId, version }: Place,
  labels: readonly Label[],
): Promise<void> {
  if (version > 1) await trx.deleteFrom('labels').where('tenant', '=', tenant).where('item_id', '=', itemId).execute()
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
