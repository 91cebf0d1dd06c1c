import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tarOf } from '../../../scripts/database-image.ts'
import { databaseImage, imageName, unpackImage } from '../../../src/database/engine/database-image.ts'
import { schemaWith } from '../../../src/database/engine/migrate.ts'

let root: string
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'linernotes-image-'))
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

describe('the image of an empty database', () => {
  it('has another name for any other schema, and is not found if none was made', () => {
    const change = fc.record({ name: fc.string(), statements: fc.array(fc.string(), { maxLength: 3 }) })
    const schema = fc.array(change, { maxLength: 3 })
    fc.assert(
      fc.property(schema, schema, (one, other) => {
        expect(imageName(one) === imageName(other)).toBe(JSON.stringify(one) === JSON.stringify(other))
      }),
    )
    expect(databaseImage(schemaWith([{ name: 'later', statements: ['select 1'] }]))).toBeNull()
  })

  it('gives back each file and folder, readable by this user only', () => {
    const folder = join(root, 'pg')
    mkdirSync(join(folder, 'pg_wal', 'archive_status'), { recursive: true })
    const files = { PG_VERSION: '17\n', 'pg_wal/0001': Buffer.alloc(70_000, 7), empty: '', block: Buffer.alloc(512, 1) }
    for (const [name, body] of Object.entries(files)) writeFileSync(join(folder, name), body)
    const image = join(root, 'image.tar.gz')
    writeFileSync(image, gzipSync(tarOf(folder)))

    const copy = join(root, 'copy')
    unpackImage(image, copy)
    expect(readdirSync(copy, { recursive: true }).sort()).toEqual(readdirSync(folder, { recursive: true }).sort())
    for (const [name, body] of Object.entries(files)) {
      expect(readFileSync(join(copy, name)).equals(Buffer.from(body)), name).toBe(true)
      expect(statSync(join(copy, name)).mode & 0o777).toBe(0o600)
    }
    expect(statSync(join(copy, 'pg_wal')).mode & 0o777).toBe(0o700)
  })
})
