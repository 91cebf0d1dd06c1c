import type { Queryable } from './pgvector-index.ts'

/** The part of node-postgres' `Pool` that is used here. */
interface ClientPool {
  connect(): Promise<Queryable & { release(): void }>
}

/**
 * Runs each statement on a client of the pool and gives the client back also when the statement failed.
 *
 * `pool.query` does not: it closes the client after any SQL error. Over PGlite's adapter that closes the one connection while the
 * rest of the failed statement's messages are still to come, and the next client reads them: "Connection terminated
 * unexpectedly", and an error event that ends the process. (A client that is really broken is dropped by the pool all the same.)
 */
export function pooledQueryable(pool: ClientPool): Queryable {
  return {
    async query<R extends Record<string, unknown>>(sql: string, params?: unknown[]) {
      const client = await pool.connect()
      try {
        return await client.query<R>(sql, params)
      } finally {
        client.release()
      }
    },
  }
}
