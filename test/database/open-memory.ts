import { type Database, openDatabase } from '../../src/database/engine/connection.ts'
import { migrate } from '../../src/database/engine/migrate.ts'

/** A migrated database in memory; takes about 3 s. */
export async function openMemory(): Promise<Database> {
  const db = await openDatabase({ memory: true })
  await migrate(db)
  return db
}
