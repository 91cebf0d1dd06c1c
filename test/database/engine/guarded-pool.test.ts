import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../../src/database/engine/connection.ts'
import { NOW } from '../database-samples.ts'
import { openMemory } from '../open-memory.ts'

// The engine's answer when its disk is full. The test does not fill a disk.
const DISK_FULL = `do $$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$`

describe('a statement that fails', () => {
  let db: Database
  beforeAll(async () => {
    db = await openMemory()
  })
  afterAll(() => db.close())

  const diskFull = { trouble: 'disk-full', message: expect.stringContaining('free some space and try again') }

  it('says that the disk is full, in every way of asking the database', async () => {
    await expect(db.query(DISK_FULL)).rejects.toMatchObject(diskFull)
    await expect(sql.raw(DISK_FULL).execute(db.kysely)).rejects.toMatchObject(diskFull)
  })

  it('undoes the transaction to which it belongs', async () => {
    const work = db.kysely.transaction().execute(async (trx) => {
      await trx.insertInto('tenants').values({ tenant: 'half', last_seq: NOW }).execute()
      await sql.raw(DISK_FULL).execute(trx)
    })
    await expect(work).rejects.toMatchObject(diskFull)
    expect((await db.query("select * from tenants where tenant = 'half'")).rows).toEqual([])
  })

  it('leaves the only connection usable, however many fail at once', async () => {
    const failing = Array.from({ length: 5 }, (_, n) => db.query(`select no_such_column_${n}`))
    const outcomes = await Promise.allSettled([...failing, db.query('select 1 as one')])
    expect(outcomes.map(({ status }) => status)).toEqual([...failing.map(() => 'rejected'), 'fulfilled'])
    expect((await db.query('select 2 as two')).rows).toEqual([{ two: 2 }])
  })
})
