import { type Kysely, type Migration, sql } from 'kysely'

const CREATE = [
  `create table chunks (
    tenant text not null, run_id text not null, seq bigserial not null,
    packed boolean not null, body bytea not null, shared text[] not null,
    primary key (tenant, run_id, seq))`,
  `alter table chunks alter column body set storage external`,
]

// What stood in rows of its own becomes one chunk a run; its blobs stay where they are and are named by the chunk.
const CONVERT = `
  insert into chunks (tenant, run_id, packed, body, shared)
  select runs.tenant, runs.id, false,
    convert_to(json_build_object(
      'exchanges', coalesce((select json_agg(json_build_object(
          'node', e.node, 'visit', e.visit, 'kind', e.kind, 'n', e.n, 'requestHash', e.request_hash, 'nth', e.nth,
          'request', e.request, 'response', e.response, 'outcome', e.outcome, 'startedAt', e.started_at, 'ms', e.ms,
          'cost', case when e.input_tokens is null then null else json_build_object('inputTokens', e.input_tokens,
            'cachedTokens', e.cached_tokens, 'outputTokens', e.output_tokens, 'usd', e.usd) end,
          'retries', e.retries) order by e.seq)
        from exchanges e where e.tenant = runs.tenant and e.run_id = runs.id), '[]'::json),
      'steps', coalesce((select json_agg(json_build_object(
          'node', s.node, 'visit', s.visit, 'superstep', s.superstep, 'startedAt', s.started_at, 'ms', s.ms,
          'update', s.state_update, 'error', s.error))
        from steps s where s.tenant = runs.tenant and s.run_id = runs.id), '[]'::json),
      'blobs', '[]'::json)::text, 'UTF8'),
    (select coalesce(array_agg(b.hash), '{}') from blobs b where b.tenant = runs.tenant and b.item_id = runs.item_id)
  from runs
  where exists (select from steps s where s.tenant = runs.tenant and s.run_id = runs.id)
    or exists (select from exchanges e where e.tenant = runs.tenant and e.run_id = runs.id)`

/** The ledger writes one row a run and flush: rows are what the database takes its time for, not bytes. */
export const ledgerChunks: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of [...CREATE, CONVERT, 'drop table exchanges', 'drop table steps'])
      await sql.raw(statement).execute(db)
  },
}
