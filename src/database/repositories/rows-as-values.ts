import { type RawBuilder, sql } from 'kysely'

/** Rows with columns of these types, as a table in a statement. There may be none. */
export function valuesOf(types: readonly string[], rows: readonly (readonly unknown[])[]): RawBuilder<unknown> {
  if (rows.length === 0) return sql`(select ${sql.join(types.map((type) => sql`null::${sql.raw(type)}`))} where false)`
  const cells = rows.map(
    (row) => sql`(${sql.join(row.map((value, at) => sql`${value}::${sql.raw(types[at] ?? 'text')}`))})`,
  )
  return sql`(values ${sql.join(cells)})`
}
