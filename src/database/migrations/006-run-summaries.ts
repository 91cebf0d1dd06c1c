import { type Kysely, type Migration, sql } from 'kysely'

const STATEMENTS = [
  `alter table runs
    add column usd double precision, add column input_tokens bigint, add column cached_tokens bigint,
    add column output_tokens bigint, add column steps integer, add column exchanges integer,
    add column failed_nodes text[], add column models text[], add column prompts text[]`,
  `create index runs_by_creation on runs (tenant, created_at)`,
  `create index runs_by_status on runs (tenant, status, id)`,
  `create index runs_by_cost on runs (tenant, usd) where usd > 0`,
  // Most runs have none; those that do are what is looked for.
  `create index runs_by_failed_node on runs using gin (failed_nodes) where failed_nodes <> '{}'`,
  `create index runs_by_model on runs using gin (models)`,
  `create index runs_by_prompt on runs using gin (prompts)`,
]

/** What a run cost and did, written when it ends, so that runs are found by it without reading their ledgers. */
export const runSummaries: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}
