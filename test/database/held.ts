import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from '../../src/database/engine/connection.ts'
import { unpackText } from '../../src/database/packing.ts'

/** The tables of a database that hold a text in any column, even a compressed one. Sorted. */
export async function tablesThatHold({ query }: Pick<Database, 'query'>, text: string): Promise<string[]> {
  const { rows: tables } = await query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  )
  const holding: string[] = []
  for (const { name } of tables) {
    const { rows } = await query<Record<string, unknown>>(`select * from "${name}"`)
    const values = rows.flatMap((row) => Object.values(row))
    const held = await Promise.all(values.map((value) => holds(value, text)))
    if (held.includes(true)) holding.push(name)
  }
  return holding.sort()
}

async function holds(value: unknown, text: string): Promise<boolean> {
  if (!Buffer.isBuffer(value)) return (JSON.stringify(value) ?? '').includes(text)
  if (value.includes(text)) return true
  const unpacked = await unpackText({ packed: true, body: value }).catch(() => null)
  return unpacked?.includes(text) ?? false
}

/** The files below a folder that hold a text uncompressed, by their paths from the folder. */
export function filesThatHold(folder: string, text: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path).includes(text))
}
