import { type Kysely, sql } from 'kysely'
import type { Understanding } from '../content/understanding.ts'
import { type RunOwner, StaleAttempt } from '../ledger/store.ts'
import { jsonText, plainText } from './plain-text.ts'
import type { Publication, Published } from './repositories.ts'
import { openReview } from './reviews.ts'
import type { Tables } from './schema.ts'

type Place = Published & { tenant: string; itemId: string; runId: string; at: number }

/**
 * Everything that a run makes visible, in one transaction of two statements: which place it gets, and what stands there. Their texts
 * are always the same, so they are planned once; what varies in number goes in as JSON.
 */
export function publish(
  db: Kysely<Tables>,
  tenant: string,
  owner: RunOwner,
  publication: Publication,
): Promise<Published> {
  return db.transaction().execute(async (trx) => {
    const taken = await takePlace(trx, tenant, owner)
    if ('published' in taken) return taken.published
    const place = { ...taken.place, at: publication.at }
    const published = { version: place.version, seq: place.seq }
    // What is searched and filtered are the labels of the current version.
    if (place.version > 1)
      await trx.deleteFrom('labels').where('tenant', '=', tenant).where('item_id', '=', place.itemId).execute()
    await write(trx, place, publication.document(published), publication)
    for (const review of publication.reviews) await openReview(trx, { ...place, openedAt: place.at }, review)
    return published
  })
}

interface PlaceRow {
  item_id: string
  status: string
  version: number | null
  seq: number | null
  next_seq: number | null
  stored: string | null
  current: number | null
}

/**
 * Locks the run against other owners until the transaction ends, then takes the tenant's next `seq`, then locks the item, in this
 * order: so versions and `seq` are given out one after another, and `seq` becomes visible in its own order (a reader never
 * sees 8 before 7). A run that has published before gets what it got then.
 */
async function takePlace(
  trx: Kysely<Tables>,
  tenant: string,
  { runId, attempt }: RunOwner,
): Promise<{ published: Published } | { place: Omit<Place, 'at'> }> {
  const { rows } = await sql<PlaceRow>`
    with run as (select r.item_id, r.status, u.version, u.seq from runs r
        left join understandings u on u.tenant = r.tenant and u.run_id = r.id
        where r.tenant = ${tenant} and r.id = ${runId} and r.attempt = ${attempt} for update of r),
      counted as (insert into tenants (tenant, last_seq)
        select ${tenant}, 1 from run where version is null and status = 'running'
        on conflict (tenant) do update set last_seq = tenants.last_seq + 1 returning last_seq),
      item as (select i.id, i.version from counted cross join run join items i on i.id = run.item_id
        where i.tenant = ${tenant} for update of i)
    select run.item_id, run.status, run.version, run.seq, counted.last_seq as next_seq, item.id as stored,
      item.version as current
    from run left join counted on true left join item on true`.execute(trx)
  const row = rows[0]
  if (row === undefined) throw new StaleAttempt(runId, attempt)
  if (row.version !== null && row.seq !== null) return { published: { version: row.version, seq: row.seq } }
  if (row.next_seq === null) throw new StaleAttempt(runId, attempt)
  if (row.stored === null) throw new Error(`item ${row.item_id} must be stored before a run of it can publish`)
  return { place: { tenant, runId, itemId: row.item_id, version: (row.current ?? 0) + 1, seq: row.next_seq } }
}

/**
 * The version with its labels, facets and texts, and the run and the item that point at it. Two labels with one key are one label
 * for search: the first, which assembly ranked higher, stays.
 */
async function write(
  trx: Kysely<Tables>,
  { tenant, itemId, runId, version, seq, at }: Place,
  document: Understanding,
  { labels, facets, texts, intakeHash }: Publication,
): Promise<void> {
  const { status } = document
  await sql`
    with place as (select ${tenant}::text as tenant, ${itemId}::text as item_id, ${runId}::text as run_id,
        ${version}::int as version, ${seq}::bigint as seq, ${status}::text as status, ${at}::bigint as at),
      run as (update runs set version = p.version from place p where runs.tenant = p.tenant and runs.id = p.run_id),
      item as (update items set version = p.version, seq = p.seq, status = p.status, run_id = p.run_id,
        published_at = p.at, intake_hash = ${intakeHash} from place p where items.tenant = p.tenant and items.id = p.item_id),
      labels as (insert into labels (tenant, item_id, facet, key, taxonomy, label_id, name, score, origin)
        select p.tenant, p.item_id, l.* from place p, json_to_recordset(${labelRows(labels)}::json)
        as l (facet text, key text, taxonomy text, label_id text, name text, score float8, origin text)
        on conflict do nothing),
      facets as (insert into facets (tenant, item_id, version, created_at, facet, run_id, fingerprint, draft, provenance)
        select p.tenant, p.item_id, p.version, p.at, f.* from place p, json_to_recordset(${facetRows(facets)}::json)
        as f (facet text, run_id text, fingerprint text, draft text, provenance text) on conflict do nothing),
      texts as (insert into texts (tenant, item_id, hash, source, normaliser, body)
        select p.tenant, p.item_id, t.* from place p, json_to_recordset(${textRows(texts)}::json)
        as t (hash text, source text, normaliser int, body text) on conflict do nothing)
    insert into understandings (tenant, item_id, version, seq, run_id, status, published_at, document)
    select tenant, item_id, version, seq, run_id, status, at, ${jsonText(document)}::text from place`.execute(trx)
}

function labelRows(labels: Publication['labels']): string {
  return JSON.stringify(
    labels.map(({ facet, key, taxonomy, labelId, name, score, origin }) => ({
      facet: plainText(facet),
      key: plainText(key),
      taxonomy: taxonomy === null ? null : plainText(taxonomy),
      label_id: labelId === null ? null : plainText(labelId),
      name: plainText(name),
      score,
      origin,
    })),
  )
}

function facetRows(facets: Publication['facets']): string {
  return JSON.stringify(
    facets.map(({ facet, runId, fingerprint, draft, provenance }) => ({
      ...{ facet, run_id: runId, fingerprint },
      ...{ draft: jsonText(draft), provenance: jsonText(provenance) },
    })),
  )
}

function textRows(texts: Publication['texts']): string {
  return JSON.stringify(
    texts.map(({ hash, source, normaliser, text }) => ({ hash, source, normaliser, body: plainText(text) })),
  )
}
