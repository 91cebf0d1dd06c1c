import { sql } from 'kysely'
import { z } from 'zod'
import type { Page, PageRequest } from '../paging.ts'
import { BadCursor } from '../paging.ts'
import { plainText } from '../plain-text.ts'

const DEFAULT_LIMIT = 50
const MAX_LIMIT = 200

/** How many entries a page holds: 1..200, and 50 by default. */
export function pageLimit(limit: number | undefined): number {
  return Number.isFinite(limit) ? Math.min(Math.max(Math.trunc(limit ?? DEFAULT_LIMIT), 1), MAX_LIMIT) : DEFAULT_LIMIT
}

/** The sort key in a cursor: a number and an id, or one of them. */
export const TimeAndId = z.tuple([z.int(), z.string()])
export const IdOnly = z.tuple([z.string()])
export const NumberOnly = z.tuple([z.int()])

/** How one listing is cut into pages. `T` is what it is sorted by. */
export interface Listing<T extends readonly (string | number)[]> {
  /** The sort key in the cursor of a requested page. Null for the first page. @throws {BadCursor} */
  after(page: PageRequest): T | null
  /** Makes a page of rows. The query asks for one more than `limit`, and this row tells whether there is a next page. */
  page<Row, R>(rows: readonly Row[], limit: number, sortKey: (row: Row) => T, toRecord: (row: Row) => R): Page<R>
}

/** A listing whose cursors hold its name. Without it, a cursor of another listing would be accepted and show the wrong part of this one. */
export function listing<T extends readonly (string | number)[]>(name: string, key: z.ZodType<T>): Listing<T> {
  const Cursor = z.tuple([z.literal(name), key])
  const write = (sortKey: T) => Buffer.from(JSON.stringify([name, sortKey])).toString('base64url')
  return {
    after({ cursor }) {
      if (cursor === undefined) return null
      try {
        return Cursor.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))[1]
      } catch {
        throw new BadCursor()
      }
    },
    page(rows, limit, sortKey, toRecord) {
      const shown = rows.slice(0, limit)
      const last = shown.at(-1)
      const next = rows.length > limit && last !== undefined ? write(sortKey(last)) : null
      return { entries: shown.map(toRecord), next }
    },
  }
}

/** Whether an id begins with a prefix. The range is for the index, which sorts by code points. The last condition says what is meant. */
export function idBegins(column: 'id' | 'items.id', prefix: string) {
  const begins = plainText(prefix)
  const id = sql.ref(column)
  return sql<boolean>`(${id} >= ${begins} and ${id} <= ${`${begins}\u{10FFFF}`} and starts_with(${id}, ${begins}))`
}
