import { type Kysely, type Migration, sql } from 'kysely'

const COLUMNS = ['texts.body', 'understandings.document', 'facets.draft', 'reviews.question'] as const

/** Long texts stand as they are: the engine's own compression takes more time than all else that a publication writes. */
export const plainStorage: Migration = {
  up: (db: Kysely<unknown>) => setStorage(db, 'external'),
  down: (db: Kysely<unknown>) => setStorage(db, 'extended'),
}

async function setStorage(db: Kysely<unknown>, storage: 'external' | 'extended'): Promise<void> {
  for (const name of COLUMNS) {
    const [table = '', column = ''] = name.split('.')
    await sql`alter table ${sql.table(table)} alter column ${sql.ref(column)} set storage ${sql.raw(storage)}`.execute(
      db,
    )
  }
}
