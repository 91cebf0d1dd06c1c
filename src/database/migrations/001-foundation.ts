import { type Kysely, type Migration, sql } from 'kysely'

// Times are milliseconds since the epoch. JSON stands in text columns: nothing searches inside it, jsonb would cost parsing on
// every hot row and refuses NUL. Published and recorded rows have no foreign keys: they are written in bulk, and outlive
// what they came from.
const STATEMENTS = [
  `create table tenants (tenant text primary key, last_seq bigint not null default 0)`,

  `create table items (
    tenant text not null, id text not null, kind text not null, title text not null, item text not null,
    created_at bigint not null, updated_at bigint not null,
    version integer, seq bigint, status text, run_id text, published_at bigint, intake_hash text,
    primary key (tenant, id))`,
  `create index items_by_creation on items (tenant, created_at, id)`,

  `create table texts (
    tenant text not null, item_id text not null, hash text not null, source text not null,
    normaliser integer not null, body text not null,
    primary key (tenant, item_id, hash, source))`,
  `create table derived (
    tenant text not null, item_id text not null, text_hash text not null, kind text not null, version text not null,
    packed boolean not null, body bytea not null,
    primary key (tenant, item_id, text_hash, kind, version))`,
  `alter table derived alter column body set storage external`,

  `create table understandings (
    tenant text not null, item_id text not null, version integer not null, seq bigint not null,
    run_id text not null, status text not null, published_at bigint not null, document text not null,
    primary key (tenant, item_id, version), unique (tenant, seq), unique (tenant, run_id))`,
  `create table labels (
    tenant text not null, item_id text not null, facet text not null, key text not null,
    taxonomy text, label_id text, name text not null, score double precision, origin text not null,
    primary key (tenant, item_id, facet, key))`,
  `create index labels_by_id on labels (tenant, facet, taxonomy, label_id, item_id)`,

  `create table facets (
    tenant text not null, item_id text not null, facet text not null, run_id text not null, version integer not null,
    fingerprint text not null, draft text not null, provenance text not null, created_at bigint not null,
    primary key (tenant, item_id, facet, run_id))`,
  `create table decisions (
    tenant text not null, item_id text not null, facet text not null, key text not null,
    action text not null, value text not null, note text, decided_by text not null, decided_at bigint not null,
    primary key (tenant, item_id, facet, key))`,
  `create table reviews (
    tenant text not null, id text not null, item_id text not null, facet text not null, key text not null,
    question text not null, status text not null, run_id text not null, version integer not null, opened_at bigint not null,
    action text, value text, note text, decided_by text, decided_at bigint,
    primary key (tenant, id))`,
  `create unique index reviews_one_open on reviews (tenant, item_id, facet, key) where status = 'open'`,
  `create index reviews_queue on reviews (tenant, status, opened_at, id)`,

  `create table runs (
    tenant text not null, id text not null, item_id text not null, item_blob text not null, effort text not null,
    config text not null, requested text, parent_run_id text,
    status text not null, attempt integer not null default 0, owner text, lease_until bigint,
    cancel_requested boolean not null default false,
    created_at bigint not null, started_at bigint, finished_at bigint, error text, outcome text, version integer,
    primary key (tenant, id))`,
  `create index runs_by_item on runs (tenant, item_id, id)`,
  `create index runs_unfinished on runs (tenant, status, id) where status in ('queued', 'running')`,

  `create table steps (
    tenant text not null, run_id text not null, node text not null, visit integer not null, superstep integer not null,
    started_at bigint not null, ms double precision not null, state_update text, error text,
    primary key (tenant, run_id, node, visit))`,
  `create table exchanges (
    tenant text not null, run_id text not null, seq bigserial not null,
    node text not null, visit integer not null, kind text not null, n integer not null,
    request_hash text not null, nth integer not null, request text not null, response text not null, outcome text not null,
    started_at bigint not null, ms double precision not null,
    input_tokens integer, cached_tokens integer, output_tokens integer, usd double precision, retries integer not null,
    primary key (tenant, run_id, node, visit, kind, n))`,
  `create table blobs (
    tenant text not null, item_id text not null, hash text not null, packed boolean not null, body bytea not null,
    primary key (tenant, item_id, hash))`,
  // We compress ourselves what is worth it: Postgres need not try again.
  `alter table blobs alter column body set storage external`,
]

/** The first schema. A published migration never changes: what comes later is a new one. */
export const foundation: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}
