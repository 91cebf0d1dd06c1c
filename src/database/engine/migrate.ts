import { type Kysely, type Migration, Migrator, sql } from 'kysely'
import { DatabaseError, explainDatabaseError } from '../database-errors.ts'
import type { Tables } from '../database-schema.ts'
import { firstSchema } from '../migrations/001-schema.ts'
import type { SchemaChange } from '../migrations/schema-change.ts'
import type { Query } from './guarded-pool.ts'

/** All changes of our own schema, the oldest first. */
const OWN: readonly SchemaChange[] = [firstSchema]

/** All changes of the schema that this code knows. `adapters` are the changes of the adapters. */
export const schemaWith = (adapters: readonly SchemaChange[]): readonly SchemaChange[] => [...OWN, ...adapters]

interface Migrated {
  readonly where: string
  readonly kysely: Kysely<Tables>
  readonly query: Query
}

/**
 * Brings the schema up to date.
 * @returns the names of the changes that were made now
 * @throws {DatabaseError} `newer-schema` or `older-schema` if another linernotes wrote the database; `disk-full` and others, as every write does
 */
export async function migrate(db: Migrated, changes: readonly SchemaChange[]): Promise<string[]> {
  const applied = await appliedChanges(db)
  checkSchema(db, applied, changes)
  if (applied.length === changes.length) return []
  const migrations = Object.fromEntries(changes.map((change) => [change.name, migrationOf(change)]))
  const migrator = new Migrator({
    db: db.kysely,
    provider: { getMigrations: async () => migrations },
    // Changes of adapters have the adapter's name in front, so their order is not that of time.
    allowUnorderedMigrations: true,
  })
  const { error, results = [] } = await migrator.migrateToLatest()
  if (error !== undefined) throw explainDatabaseError(error, db.where)
  return results.filter(({ status }) => status === 'Success').map(({ migrationName }) => migrationName)
}

function migrationOf({ statements }: SchemaChange): Migration {
  return {
    async up(db: Kysely<unknown>) {
      for (const statement of statements) await sql.raw(statement).execute(db)
    },
  }
}

async function appliedChanges(db: Pick<Migrated, 'query'>): Promise<string[]> {
  const { rows } = await db.query<{ found: boolean }>(`select to_regclass('kysely_migration') is not null as found`)
  if (rows[0]?.found !== true) return []
  const applied = await db.query<{ name: string }>('select name from kysely_migration order by name')
  return applied.rows.map(({ name }) => name)
}

function checkSchema(
  { where }: Pick<Migrated, 'where'>,
  applied: readonly string[],
  changes: readonly SchemaChange[],
): void {
  const unknown = applied.filter((name) => !changes.some((change) => change.name === name))
  if (unknown.length === 0) return
  if (applied.includes(firstSchema.name))
    throw new DatabaseError(
      'newer-schema',
      `the database in ${where} was written by a newer linernotes (it has ${unknown.join(', ')}); use that version, or another LINERNOTES_DATA_DIR`,
    )
  throw new DatabaseError(
    'older-schema',
    `the database in ${where} was written by a linernotes from before its first schema (it has ${unknown.join(', ')}) and cannot be read any more; choose another LINERNOTES_DATA_DIR and understand the items again`,
  )
}
