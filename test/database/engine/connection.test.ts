import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../../src/database/engine/connection.ts'
import { beginCreation, endCreation, prepareFolder } from '../../../src/database/folder/data-folder.ts'
import { acquireLock, type FolderLock } from '../../../src/database/folder/folder-lock.ts'
import type { SchemaChange } from '../../../src/database/migrations/schema-change.ts'
import { createRepositories } from '../../../src/database/repositories/tenant-repositories.ts'
import { pgvectorSchema } from '../../../src/similarity/pgvector/pgvector-schema.ts'
import { startChild } from '../child.ts'
import { submitItem } from '../database-samples.ts'

let root: string
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'linernotes-db-'))
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

async function lockOf(dataDir: string): Promise<FolderLock> {
  const result = await acquireLock(dataDir, { waitMs: 0 })
  if (result.kind !== 'owned') throw new Error(result.kind)
  return result.lock
}

async function withDatabase<T>(
  dataDir: string,
  work: (db: Database) => Promise<T>,
  adapters: readonly SchemaChange[] = [pgvectorSchema],
): Promise<T> {
  const lock = await lockOf(dataDir)
  try {
    const db = await openDatabase({ lock }, adapters)
    try {
      return await work(db)
    } finally {
      await db.close()
    }
  } finally {
    lock.release()
  }
}

describe('a database in a data folder', () => {
  it('is created, and holds what was written after it is opened again; one with a newer schema is refused and left as it is', async () => {
    const dataDir = join(root, 'new', 'folder')
    await withDatabase(dataDir, async (db) => {
      await submitItem(createRepositories(db).for('default'), 'a')
      // An error must not cost the engine its only connection.
      await expect(db.query('select no_such_function()')).rejects.toThrow('no_such_function')
      await expect(db.query("insert into tenants values ('t'), ('t')")).rejects.toMatchObject({ code: '23505' })
      expect((await db.query<{ n: number }>('select 9007199254740991::bigint as n')).rows).toEqual([{ n: 2 ** 53 - 1 }])
    })
    await withDatabase(dataDir, async (db) => {
      expect(await createRepositories(db).for('default').items.get('a')).toMatchObject({ title: 'On Looms' })
    })
    const refused = withDatabase(dataDir, async () => undefined, [])
    await expect(refused).rejects.toMatchObject({
      trouble: 'newer-schema',
      message: expect.stringContaining('pgvector'),
    })
    await withDatabase(dataDir, async (db) => {
      expect(await createRepositories(db).for('default').items.get('a')).toMatchObject({ title: 'On Looms' })
    })
  })

  it('loses nothing that was committed when its process is killed', async () => {
    const dataDir = join(root, 'killed')
    const writer = startChild('write-for-ever.ts', [dataDir])
    let last = ''
    for (let n = 0; n < 40; n++) last = await writer.line()
    await writer.kill()
    await withDatabase(dataDir, async (db) => {
      const { rows } = await db.query<{ n: number }>('select count(*) as n from items')
      expect(rows[0]?.n).toBeGreaterThan(Number(last))
    })
  })
})

describe('a folder that cannot be used', () => {
  let dataDir: string
  let count = 0
  beforeEach(() => {
    dataDir = join(root, `bad-${count++}`)
    mkdirSync(dataDir)
  })

  it('is left alone when it holds other things', async () => {
    writeFileSync(join(dataDir, 'thesis.doc'), '')
    await expect(acquireLock(dataDir)).rejects.toMatchObject({
      trouble: 'not-a-data-folder',
      message: expect.stringMatching(/thesis\.doc.*LINERNOTES_DATA_DIR/),
    })
    expect(existsSync(join(dataDir, 'lock'))).toBe(false)
  })

  it('is refused when it is a file, or is below a file', async () => {
    const file = join(dataDir, 'file')
    writeFileSync(file, '')
    await expect(acquireLock(file)).rejects.toMatchObject({ trouble: 'not-a-data-folder' })
    await expect(acquireLock(join(file, 'below'))).rejects.toMatchObject({ trouble: 'not-a-data-folder' })
  })

  it('is refused with a message that says what to do when it cannot be written to', async () => {
    chmodSync(dataDir, 0o555)
    const asRoot = process.geteuid?.() === 0
    chmodSync(root, 0o755)
    if (asRoot) process.seteuid?.(65_534)
    try {
      await expect(acquireLock(dataDir)).rejects.toMatchObject({
        trouble: 'read-only',
        message: expect.stringContaining('give this user write permission'),
      })
    } finally {
      if (asRoot) process.seteuid?.(0)
      chmodSync(dataDir, 0o755)
    }
  })

  it.each([
    ['{"format":99}', 'newer-schema'],
    ['{"form', 'damaged'],
    ['7', 'damaged'],
  ])('is refused when its marker is %s', (marker, trouble) => {
    writeFileSync(join(dataDir, 'linernotes.json'), marker)
    expect(() => prepareFolder(dataDir)).toThrow(expect.objectContaining({ trouble }))
  })

  it('is refused when the engine cannot read it, and left as it is', async () => {
    beginCreation(dataDir)
    endCreation(dataDir)
    mkdirSync(join(dataDir, 'pg'))
    writeFileSync(join(dataDir, 'pg', 'PG_VERSION'), '7\n')
    const lock = await lockOf(dataDir)
    await expect(openDatabase({ lock }, [])).rejects.toMatchObject({ trouble: 'damaged' })
    lock.release()
    expect(readFileSync(join(dataDir, 'pg', 'PG_VERSION'), 'utf8')).toBe('7\n')
  })

  it('is created anew when its creation was interrupted', () => {
    beginCreation(dataDir)
    mkdirSync(join(dataDir, 'pg'))
    writeFileSync(join(dataDir, 'pg', 'half'), '')
    expect(prepareFolder(dataDir)).toBe('creating')
    beginCreation(dataDir)
    expect(existsSync(join(dataDir, 'pg'))).toBe(false)
    endCreation(dataDir)
    expect(prepareFolder(dataDir)).toBe('ready')
  })
})
