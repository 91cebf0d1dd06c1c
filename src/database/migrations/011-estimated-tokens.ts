import { type Kysely, type Migration, sql } from 'kysely'

/** Whether a run's tokens are an estimate, in part or in all. */
export const estimatedTokens: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`alter table runs add column estimated boolean`.execute(db)
  },
}
