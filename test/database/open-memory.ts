import { type Database, openDatabase } from '../../src/database/engine/connection.ts'
import { pgvectorSchema } from '../../src/similarity/pgvector/pgvector-schema.ts'

/** A database in memory, with the schema that the product has. */
export function openMemory(): Promise<Database> {
  return openDatabase({ memory: true }, [pgvectorSchema])
}
