import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inflateRawSync } from 'node:zlib'
import type { Database } from '../../src/database/connection.ts'

/** The tables of a database with a row that holds a text in any column, also where it is compressed. Sorted. */
export async function tablesThatHold({ query }: Pick<Database, 'query'>, text: string): Promise<string[]> {
  const { rows: tables } = await query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  )
  const holding: string[] = []
  for (const { name } of tables) {
    const { rows } = await query<Record<string, unknown>>(`select * from "${name}"`)
    if (rows.some((row) => Object.values(row).some((value) => holds(value, text)))) holding.push(name)
  }
  return holding.sort()
}

function holds(value: unknown, text: string): boolean {
  if (!Buffer.isBuffer(value)) return (JSON.stringify(value) ?? '').includes(text)
  return value.includes(text) || (inflated(value)?.includes(text) ?? false)
}

function inflated(body: Buffer): Buffer | null {
  try {
    return inflateRawSync(body)
  } catch {
    return null
  }
}

/** The files below a folder that hold a text as it is, by their paths from there. */
export function filesThatHold(folder: string, text: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path).includes(text))
}
