import { type Migration, Migrator } from 'kysely'
import { DatabaseError, explainDatabaseError } from '../database-errors.ts'
import { foundation } from '../migrations/001-foundation.ts'
import { outbox } from '../migrations/002-outbox.ts'
import { itemBlobs } from '../migrations/003-item-blobs.ts'
import { idempotencyKeys } from '../migrations/004-idempotency-keys.ts'
import { plainStorage } from '../migrations/005-plain-storage.ts'
import { runSummaries } from '../migrations/006-run-summaries.ts'
import { ledgerChunks } from '../migrations/007-ledger-chunks.ts'
import { erasures } from '../migrations/008-erasures.ts'
import { packedDocuments } from '../migrations/009-packed-documents.ts'
import { outboxFailures } from '../migrations/010-outbox-failures.ts'
import { estimatedTokens } from '../migrations/011-estimated-tokens.ts'
import type { Database } from './connection.ts'

const MIGRATIONS: Record<string, Migration> = {
  '001-foundation': foundation,
  '002-outbox': outbox,
  '003-item-blobs': itemBlobs,
  '004-idempotency-keys': idempotencyKeys,
  '005-plain-storage': plainStorage,
  '006-run-summaries': runSummaries,
  '007-ledger-chunks': ledgerChunks,
  '008-erasures': erasures,
  '009-packed-documents': packedDocuments,
  '010-outbox-failures': outboxFailures,
  '011-estimated-tokens': estimatedTokens,
}

/**
 * Brings the schema up to date. `extra` holds migrations that adapters bring along (name -> migration); every start must pass the
 * same ones, whichever adapter is in use, because a migration that the code does not know means a newer schema.
 * @returns the names of the migrations that ran now.
 * @throws {DatabaseError} `newer-schema` if a newer linernotes wrote the database; `disk-full`, … as every write.
 */
export async function migrate(db: Database, extra: Record<string, Migration> = {}): Promise<string[]> {
  const migrations = { ...MIGRATIONS, ...extra }
  const migrator = new Migrator({
    db: db.kysely,
    provider: { getMigrations: async () => migrations },
    // Migrations of adapters are named by adapter, not by date.
    allowUnorderedMigrations: true,
  })
  const unknown = (await appliedMigrations(db)).filter((name) => !(name in migrations))
  if (unknown.length > 0) {
    throw new DatabaseError(
      'newer-schema',
      `the database in ${db.where} was written by a newer linernotes (it has ${unknown.join(', ')}); use that version, or another LINERNOTES_DATA_DIR`,
    )
  }
  const { error, results = [] } = await migrator.migrateToLatest()
  if (error !== undefined) throw explainDatabaseError(error, db.where)
  return results.filter(({ status }) => status === 'Success').map(({ migrationName }) => migrationName)
}

async function appliedMigrations(db: Database): Promise<string[]> {
  const { rows } = await db.query<{ found: boolean }>(`select to_regclass('kysely_migration') is not null as found`)
  if (rows[0]?.found !== true) return []
  const applied = await db.query<{ name: string }>('select name from kysely_migration order by name')
  return applied.rows.map(({ name }) => name)
}
