import { type Database, openDatabase } from '../../src/database/engine/connection.ts'
import { pgvectorSchema } from '../../src/similarity/pgvector/pgvector-schema.ts'

/** Opens a database in memory, with the schema of the product. */
export function openMemory(): Promise<Database> {
  return openDatabase({ memory: true }, [pgvectorSchema])
}
