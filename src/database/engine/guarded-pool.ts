import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely'
import type { Pool, QueryResult, QueryResultRow } from 'pg'
import { explainDatabaseError } from '../database-errors.ts'

/** Runs one statement on its own. Never call it inside an open transaction: the embedded engine has one connection, so the call would wait for ever. */
export type Query = <Row extends QueryResultRow>(text: string, values?: readonly unknown[]) => Promise<QueryResult<Row>>

/** A pool for Kysely's dialect. Its errors name the trouble behind them. */
export interface GuardedPool extends PostgresPool {
  query: Query
}

/**
 * The one place that sees every statement. So a full disk is named wherever it shows. `where` names the database to people.
 *
 * It never calls `pool.query`. After any error, even a unique violation, `pool.query` drops its connection. The connection of the embedded
 * engine cannot be dropped and opened again ("unexpected parseComplete message").
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

/** Statements that are longer than this hold rows, and seldom come again. */
const LONGEST_PREPARED = 5000
const MOST_COUNTED = 1000
/** A statement is prepared when it comes for this time. Those of migrations and of the start do not come so often. */
const PREPARED_FROM = 3

/**
 * Names statements that come again and again. These are parsed and planned once, which is a third of the cost of a small statement in the
 * embedded engine.
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
