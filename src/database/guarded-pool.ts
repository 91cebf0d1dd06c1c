import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely'
import type { Pool, QueryResult, QueryResultRow } from 'pg'
import { explainDatabaseError } from './errors.ts'

/** Runs one statement on its own. Never call it inside an open transaction: the embedded engine has one connection, and would wait for ever. */
export type Query = <Row extends QueryResultRow>(text: string, values?: readonly unknown[]) => Promise<QueryResult<Row>>

/** A pool as Kysely's dialect takes it, whose errors name the trouble they mean. */
export interface GuardedPool extends PostgresPool {
  query: Query
}

/**
 * The one place that sees every statement, so that a full disk is called so wherever it shows. `where` names the database to people.
 *
 * It never calls `pool.query`: after any error, a unique violation too, that one drops its connection, and the embedded engine's
 * cannot be dropped and taken again ("unexpected parseComplete message").
 */
export function guardPool(pool: Pool, where: string): GuardedPool {
  const explain = (error: unknown) => {
    throw explainDatabaseError(error, where)
  }
  const acquire = () => pool.connect().catch(explain)
  return {
    end: () => pool.end(),
    async connect(): Promise<PostgresPoolClient> {
      const client = await acquire()
      function query<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>
      function query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>
      function query(sql: string | PostgresCursor<unknown>, parameters: readonly unknown[] = []): unknown {
        if (typeof sql !== 'string') throw new TypeError('cursors are not supported')
        return client.query(sql, [...parameters]).catch(explain)
      }
      return { query, release: () => client.release() }
    },
    async query(text, values = []) {
      const client = await acquire()
      try {
        return await client.query(text, [...values]).catch(explain)
      } finally {
        client.release()
      }
    },
  }
}
