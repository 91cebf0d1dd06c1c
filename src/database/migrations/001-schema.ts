import type { SchemaChange } from './schema-change.ts'

/**
 * The first schema. A migration that was published never changes. Every later change is a new migration, with a test.
 *
 * Times are milliseconds since the epoch. JSON is in text columns: nothing searches inside it, and `jsonb` would cost parsing on every hot row and
 * refuses NUL. Published and recorded rows have no foreign keys, because they are written in bulk and outlive what they came from. `packed` and
 * `body` are a text as the code packs it, and the engine stores them unchanged. The engine's own compression takes more time than everything else
 * that a publication writes.
 */
export const firstSchema: SchemaChange = {
  name: '001-schema',
  statements: [
    `create table tenants (tenant text primary key, last_seq bigint not null default 0)`,

    // The item itself is the blob that its runs have too. It is written once, and not again if the same item is given again.
    `create table items (
      tenant text not null, id text not null, kind text not null, title text not null, item_blob text not null,
      created_at bigint not null, updated_at bigint not null,
      version integer, seq bigint, status text, run_id text, published_at bigint, intake_hash text,
      primary key (tenant, id))`,
    `create index items_by_creation on items (tenant, created_at, id)`,

    `create table texts (
      tenant text not null, item_id text not null, hash text not null, source text not null,
      normaliser integer not null, packed boolean not null, body bytea not null,
      primary key (tenant, item_id, hash, source))`,
    `alter table texts alter column body set storage external`,

    `create table understandings (
      tenant text not null, item_id text not null, version integer not null, seq bigint not null,
      run_id text not null, status text not null, published_at bigint not null, packed boolean not null, body bytea not null,
      primary key (tenant, item_id, version), unique (tenant, seq), unique (tenant, run_id))`,
    `alter table understandings alter column body set storage external`,
    // Labels say which version they belong to. Those of an earlier version do not count, even before they are deleted.
    `create table labels (
      tenant text not null, item_id text not null, version integer not null, facet text not null, key text not null,
      taxonomy text, label_id text, name text not null, score double precision, origin text not null,
      primary key (tenant, item_id, facet, key))`,
    // Items are searched by labels of a taxonomy. Most labels are names.
    `create index labels_by_id on labels (tenant, facet, taxonomy, label_id, item_id) where taxonomy is not null`,

    `create table facets (
      tenant text not null, item_id text not null, facet text not null, run_id text not null, version integer not null,
      fingerprint text not null, draft text not null, provenance text not null, created_at bigint not null,
      primary key (tenant, item_id, facet, run_id))`,
    `alter table facets alter column draft set storage external`,
    `create table decisions (
      tenant text not null, item_id text not null, facet text not null, key text not null,
      action text not null, value text not null, note text, decided_by text not null, decided_at bigint not null,
      primary key (tenant, item_id, facet, key))`,
    `create table reviews (
      tenant text not null, id text not null, item_id text not null, facet text not null, key text not null,
      question text not null, status text not null, run_id text not null, version integer not null, opened_at bigint not null,
      action text, value text, note text, decided_by text, decided_at bigint,
      primary key (tenant, id))`,
    `alter table reviews alter column question set storage external`,
    `create unique index reviews_one_open on reviews (tenant, item_id, facet, key) where status = 'open'`,
    `create index reviews_queue on reviews (tenant, status, opened_at, id)`,

    // `derived` names what the run computed from its texts. The columns from `usd` on say what the run cost and did. They are written when it ends, so
    // that runs are found by them without reading their ledgers.
    `create table runs (
      tenant text not null, id text not null, item_id text not null, item_blob text not null, effort text not null,
      config text not null, requested text, parent_run_id text,
      status text not null, attempt integer not null default 0, owner text, lease_until bigint,
      cancel_requested boolean not null default false,
      created_at bigint not null, started_at bigint, finished_at bigint, error text, outcome text, version integer, derived text,
      usd double precision, input_tokens bigint, cached_tokens bigint, output_tokens bigint, estimated boolean,
      steps integer, exchanges integer, failed_nodes text[], models text[], prompts text[],
      primary key (tenant, id))`,
    `create index runs_by_item on runs (tenant, item_id, id)`,
    `create index runs_unfinished on runs (tenant, status, id) where status in ('queued', 'running')`,
    `create index runs_by_creation on runs (tenant, created_at)`,
    `create index runs_by_status on runs (tenant, status, id)`,
    `create index runs_by_cost on runs (tenant, usd) where usd > 0`,
    // Most runs have no failed nodes. The index holds those that have.
    `create index runs_by_failed_node on runs using gin (failed_nodes) where failed_nodes <> '{}'`,
    `create index runs_by_model on runs using gin (models)`,
    `create index runs_by_prompt on runs using gin (prompts)`,

    // The ledger writes one row for each run and flush, because rows cost the database more time than bytes.
    `create table chunks (
      tenant text not null, run_id text not null, seq bigserial not null,
      packed boolean not null, body bytea not null, shared text[] not null,
      primary key (tenant, run_id, seq))`,
    `alter table chunks alter column body set storage external`,
    `create table blobs (
      tenant text not null, item_id text not null, hash text not null, packed boolean not null, body bytea not null,
      primary key (tenant, item_id, hash))`,
    `alter table blobs alter column body set storage external`,

    // How far each consumer of the outbox has come, and the changes that it could not follow, the last one of each item.
    `create table outbox_positions (
      tenant text not null, consumer text not null, seq bigint not null,
      primary key (tenant, consumer))`,
    `create table outbox_failures (
      tenant text not null, consumer text not null, item_id text not null,
      seq bigint not null, tries integer not null, set_aside boolean not null, reason text not null,
      primary key (tenant, consumer, item_id))`,
    // Erasures are in the order of publications, so that whoever keeps a copy of an item learns that it was erased. Each item has one line, the newest.
    `create table erasures (
      tenant text not null, item_id text not null, seq bigint not null, erased_at bigint not null,
      primary key (tenant, item_id), unique (tenant, seq))`,
    // A second request with a key finds the run of the first, also after a restart.
    `create table idempotency_keys (
      tenant text not null, key text not null, body_hash text not null, run_id text not null, created_at bigint not null,
      constraint idempotency_keys_pk primary key (tenant, key))`,
  ],
}
