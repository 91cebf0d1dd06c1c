import { type Kysely, type RawBuilder, sql } from 'kysely'
import { type RunOwner, StaleAttempt } from '../../ledger/ledger-store.ts'
import type { Tables } from '../database-schema.ts'
import { packText } from '../packing.ts'
import { jsonText, plainText } from '../plain-text.ts'
import type { Publication, Published } from '../repositories.ts'
import { type DerivedRows, derivedRows, valuesOf } from './derived-values.ts'
import { openReview } from './review-repository.ts'

/**
 * Writes everything that a run makes visible in one statement, or, if reviews are opened, in one transaction. The statement's text is the same for
 * the same number of texts, so it is planned once. What varies more is passed as JSON.
 */
export async function publish(
  db: Kysely<Tables>,
  tenant: string,
  owner: RunOwner,
  publication: Publication,
  after?: Promise<unknown>,
): Promise<Published> {
  const [rows] = await Promise.all([rowsOf(publication), after])
  if (publication.reviews.length === 0) return (await write(db, tenant, owner, rows)).published
  return db.transaction().execute(async (trx) => {
    const { published, itemId } = await write(trx, tenant, owner, rows)
    const place = { tenant, itemId, runId: owner.runId, version: published.version, openedAt: publication.at }
    if (!published.again) for (const review of publication.reviews) await openReview(trx, place, review)
    return published
  })
}

/** What a publication writes, in the form for its statement. */
interface Rows {
  status: string
  at: number
  intakeHash: string
  document: RawBuilder<unknown>
  labels: string
  facets: string
  texts: RawBuilder<unknown>
  derived: DerivedRows
}

interface Written {
  item_id: string
  /** The version that the run has published before. Null if it has published nothing. */
  version: number | null
  seq: number | null
  next_version: number | null
  next_seq: number | null
}

/**
 * Locks the run against other owners, then takes the tenant's next `seq`, then locks the item. By this order, versions and `seq` are given out one
 * after another, and `seq` becomes visible in its own order: a reader never sees 8 before 7. A run that has published before gets what it got then.
 *
 * Labels name their version. A statement does not see labels that another one has committed since it began, so it cannot delete them. But they do
 * not count, because they name another version. Two labels with one key are one label for search. The first one stays, which assembly ranked higher.
 */
async function write(
  db: Kysely<Tables>,
  tenant: string,
  { runId, attempt }: RunOwner,
  rows: Rows,
): Promise<{ published: Published; itemId: string }> {
  const { rows: answer } = await sql<Written>`
    with run as (select r.tenant, r.id, r.item_id, r.status, u.version, u.seq from runs r
        left join understandings u on u.tenant = r.tenant and u.run_id = r.id
        where r.tenant = ${tenant} and r.id = ${runId} and r.attempt = ${attempt} for update of r),
      counted as (insert into tenants (tenant, last_seq)
        select tenant, 1 from run where version is null and status = 'running'
        on conflict (tenant) do update set last_seq = tenants.last_seq + 1 returning last_seq),
      item as (select i.tenant, i.id, coalesce(i.version, 0) + 1 as version, counted.last_seq as seq
        from counted cross join run join items i on i.tenant = run.tenant and i.id = run.item_id for update of i),
      place as (select tenant, id as item_id, version, seq, ${runId}::text as run_id, ${rows.status}::text as status,
        ${rows.at}::bigint as at from item),
      run_row as (update runs set version = p.version, derived = ${rows.derived.names} from place p where runs.tenant = p.tenant and runs.id = p.run_id),
      item_row as (update items set version = p.version, seq = p.seq, status = p.status, run_id = p.run_id,
        published_at = p.at, intake_hash = ${rows.intakeHash} from place p where items.tenant = p.tenant and items.id = p.item_id),
      document_row as (insert into understandings (tenant, item_id, version, seq, run_id, status, published_at, packed, body)
        select p.tenant, p.item_id, p.version, p.seq, p.run_id, p.status, p.at, d.* from place p, ${rows.document} as d (packed, body)),
      label as (select distinct on (facet, key) * from json_to_recordset(${rows.labels}::json)
        as l (n int, facet text, key text, taxonomy text, label_id text, name text, score float8, origin text)
        order by facet, key, n),
      label_rows as (insert into labels (tenant, item_id, version, facet, key, taxonomy, label_id, name, score, origin)
        select p.tenant, p.item_id, p.version, facet, key, taxonomy, label_id, name, score, origin from place p, label
        on conflict (tenant, item_id, facet, key) do update set version = excluded.version, taxonomy = excluded.taxonomy,
          label_id = excluded.label_id, name = excluded.name, score = excluded.score, origin = excluded.origin),
      labels_gone as (delete from labels using place p where labels.tenant = p.tenant and labels.item_id = p.item_id
        and not exists (select from label where label.facet = labels.facet and label.key = labels.key)),
      facet_rows as (insert into facets (tenant, item_id, version, created_at, facet, run_id, fingerprint, draft, provenance)
        select p.tenant, p.item_id, p.version, p.at, f.* from place p, json_to_recordset(${rows.facets}::json)
        as f (facet text, run_id text, fingerprint text, draft text, provenance text) on conflict do nothing),
      text_rows as (insert into texts (tenant, item_id, hash, source, normaliser, packed, body)
        select p.tenant, p.item_id, t.* from place p, ${rows.texts} as t (hash, source, normaliser, packed, body)
        on conflict do nothing),
      derived_rows as (insert into blobs (tenant, item_id, hash, packed, body)
        select p.tenant, p.item_id, b.* from place p, ${rows.derived.blobs} as b (hash, packed, body) on conflict do nothing)
    select run.item_id, run.version, run.seq, item.version as next_version, item.seq as next_seq
      from run left join item on true`.execute(db)
  const row = answer[0]
  if (row === undefined) throw new StaleAttempt(runId, attempt)
  const again = row.version !== null
  const version = row.version ?? row.next_version
  const seq = row.seq ?? row.next_seq
  // The run has neither published nor got a place. So it is finished, or its item was erased.
  if (version === null || seq === null) throw new StaleAttempt(runId, attempt)
  return { published: { version, seq, again }, itemId: row.item_id }
}

async function rowsOf({ document, labels, facets, texts, derived, intakeHash, at }: Publication): Promise<Rows> {
  const [body, packedTexts, derivedValues] = await Promise.all([
    packText(jsonText(document)),
    Promise.all(texts.map(async (text) => ({ ...text, ...(await packText(text.text)) }))),
    derivedRows(derived),
  ])
  return {
    ...{ status: document.status, at, intakeHash },
    document: sql`(values (${body.packed}::boolean, ${body.body}::bytea))`,
    labels: labelRows(labels),
    facets: facetRows(facets),
    texts: valuesOf(
      ['text', 'text', 'int', 'boolean', 'bytea'],
      packedTexts.map(({ hash, source, normaliser, packed, body }) => [hash, source, normaliser, packed, body]),
    ),
    derived: derivedValues,
  }
}

function labelRows(labels: Publication['labels']): string {
  return JSON.stringify(
    labels.map(({ facet, key, taxonomy, labelId, name, score, origin }, n) => ({
      n,
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
