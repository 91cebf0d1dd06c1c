import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely'
import type { Pool, QueryResult, QueryResultRow } from 'pg'
import { explainDatabaseError } from '../database-errors.ts'

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
  const nameOf = statementNames()
  return {
    end: () => pool.end(),
    async connect(): Promise<PostgresPoolClient> {
      const client = await acquire()
      function query<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>
      function query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>
      function query(sql: string | PostgresCursor<unknown>, parameters: readonly unknown[] = []): unknown {
        if (typeof sql !== 'string') throw new TypeError('cursors are not supported')
        return client.query({ ...nameOf(sql), text: sql, values: [...parameters] }).catch(explain)
      }
      return { query, release: () => client.release() }
    },
    async query(text, values = []) {
      const client = await acquire()
      try {
        return await client.query({ ...nameOf(text), text, values: [...values] }).catch(explain)
      } finally {
        client.release()
      }
    },
  }
}

/** Statements longer than this have rows written into them, and seldom come again. */
const LONGEST_PREPARED = 5000
const MOST_COUNTED = 1000
/** What only migrations and start-up say is not worth keeping. */
const PREPARED_FROM = 3

/**
 * Names for statements that come again and again: those are parsed and planned once (a third of what a small one costs in
 * the embedded engine).
 */
function statementNames(): (sql: string) => { name?: string } {
  const uses = new Map<string, { name: string; count: number }>()
  return (sql) => {
    if (sql.length > LONGEST_PREPARED) return {}
    const known = uses.get(sql) ?? { name: `linernotes_${uses.size}`, count: 0 }
    if (known.count === 0 && uses.size >= MOST_COUNTED) return {}
    uses.set(sql, known)
    known.count += 1
    return known.count >= PREPARED_FROM ? { name: known.name } : {}
  }
}
