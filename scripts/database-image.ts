import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { gzipSync } from 'node:zlib'
import { openDatabase } from '../src/database/engine/connection.ts'
import { imageName } from '../src/database/engine/database-image.ts'
import { schemaWith } from '../src/database/engine/migrate.ts'
import { engineFolder } from '../src/database/folder/data-folder.ts'
import { acquireLock } from '../src/database/folder/folder-lock.ts'
import { pgvectorSchema } from '../src/similarity/pgvector/pgvector-schema.ts'

const ADAPTERS = [pgvectorSchema]
const BLOCK = 512

/** Writes the image of an empty database with today's schema into a folder, in place of those that are there. */
export async function writeDatabaseImage(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(folder)) if (name.endsWith('.tar.gz')) rmSync(join(folder, name))
  const dataDir = mkdtempSync(join(tmpdir(), 'linernotes-image-'))
  try {
    const owned = await acquireLock(dataDir, { waitMs: 0 })
    if (owned.kind !== 'owned') throw new Error(`${dataDir} is taken`)
    const database = await openDatabase({ lock: owned.lock }, ADAPTERS)
    // Closed in order, the engine has nothing to recover when it opens a copy.
    await database.close()
    owned.lock.release()
    const image = gzipSync(tarOf(engineFolder(dataDir)), { level: 9 })
    writeFileSync(join(folder, imageName(schemaWith(ADAPTERS))), image)
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** A folder as a POSIX archive (ustar); the engine's own names are short. */
export function tarOf(folder: string): Buffer {
  const blocks: Buffer[] = []
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    const body = entry.isDirectory() ? Buffer.alloc(0) : readFileSync(path)
    const padding = Buffer.alloc(-body.length & (BLOCK - 1))
    blocks.push(headerOf(relative(folder, path), body.length, entry.isDirectory()), body, padding)
  }
  return Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)])
}

function headerOf(name: string, size: number, isFolder: boolean): Buffer {
  const header = Buffer.alloc(BLOCK)
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`
  header.write(name, 0)
  header.write(octal(isFolder ? 0o700 : 0o600, 7), 100)
  header.write(octal(0, 7), 108)
  header.write(octal(0, 7), 116)
  header.write(octal(size, 11), 124)
  header.write(octal(0, 11), 136)
  header.write(' '.repeat(8), 148)
  header.write(isFolder ? '5' : '0', 156)
  header.write('ustar\x0000', 257)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return header
}
