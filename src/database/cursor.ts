import { z } from 'zod'
import type { Page, PageRequest } from './paging.ts'
import { BadCursor } from './paging.ts'

const DEFAULT_LIMIT = 50
const MAX_LIMIT = 200

/** How many entries a page holds: 1..200, default 50. */
export function pageLimit(limit: number | undefined): number {
  return Number.isFinite(limit) ? Math.min(Math.max(Math.trunc(limit ?? DEFAULT_LIMIT), 1), MAX_LIMIT) : DEFAULT_LIMIT
}

/** A sort key that stands in a cursor: (number, id) pairs, or one of them. */
export const TimeAndId = z.tuple([z.int(), z.string()])
export const IdOnly = z.tuple([z.string()])
export const NumberOnly = z.tuple([z.int()])

/** Reads the sort key of a cursor. @throws {BadCursor} */
export function readCursor<T>(key: z.ZodType<T>, { cursor }: PageRequest): T | null {
  if (cursor === undefined) return null
  try {
    return key.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
  } catch {
    throw new BadCursor()
  }
}

/** Makes a page of rows that were asked for with one more than `limit`: the extra one tells whether there is a next page. */
export function makePage<Row, T>(
  rows: readonly Row[],
  limit: number,
  sortKey: (row: Row) => readonly (string | number)[],
  toRecord: (row: Row) => T,
): Page<T> {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const next =
    rows.length > limit && last !== undefined ? Buffer.from(JSON.stringify(sortKey(last))).toString('base64url') : null
  return { entries: shown.map(toRecord), next }
}
