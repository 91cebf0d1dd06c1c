import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Database } from '../../../src/database/engine/connection.ts'
import { migrate, schemaWith } from '../../../src/database/engine/migrate.ts'
import { pgvectorSchema } from '../../../src/similarity/pgvector/pgvector-schema.ts'
import { openMemory } from '../open-memory.ts'

let db: Database
beforeAll(async () => {
  db = await openMemory()
})
afterAll(() => db.close())

const changes = schemaWith([pgvectorSchema])
const nothing = { name: '002-nothing', statements: ['select 1'] }

it('makes each change once, all in one call, and none if all were made before', async () => {
  expect(await migrate(db, changes)).toEqual([])
  const broken = { name: '003-broken', statements: ['create table half ()', 'select no_such_function()'] }
  await expect(migrate(db, [...changes, nothing, broken])).rejects.toThrow('no_such_function')
  expect((await db.query(`select from pg_tables where tablename = 'half'`)).rows).toEqual([])
  expect(await migrate(db, [...changes, nothing])).toEqual(['002-nothing'])
  expect(await migrate(db, [...changes, nothing])).toEqual([])
})

it('refuses the schema of a newer version and one from before the first schema, and says what to do', async () => {
  await expect(migrate(db, changes)).rejects.toMatchObject({
    trouble: 'newer-schema',
    message:
      'the database in memory was written by a newer linernotes (it has 002-nothing); use that version, or another LINERNOTES_DATA_DIR',
  })
  await db.query(`update kysely_migration set name = '001-foundation' where name = '001-schema'`)
  await expect(migrate(db, changes)).rejects.toMatchObject({
    trouble: 'older-schema',
    message: expect.stringMatching(
      /001-foundation.*choose another LINERNOTES_DATA_DIR and understand the items again$/,
    ),
  })
})
