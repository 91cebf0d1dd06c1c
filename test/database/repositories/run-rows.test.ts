import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../../src/database/engine/connection.ts'
import { createRepositories } from '../../../src/database/repositories/tenant-repositories.ts'
import { configuration } from '../../ledger/configuration-sample.ts'
import { sampleRun } from '../database-samples.ts'
import { openMemory } from '../open-memory.ts'

let db: Database
beforeAll(async () => {
  db = await openMemory()
})
afterAll(() => db?.close())

const forTenant = (tenant = randomUUID()) => ({ tenant, runs: createRepositories(db).for(tenant).runs })

describe('the configuration of a run', () => {
  it('is read as it was stored, for each run its own, and in a listing too', async () => {
    const { runs } = forTenant()
    const configs = ['a', 'b', 'a'].map((engine) => ({
      ...configuration,
      settings: { ...configuration.settings, engine, requested: ['\u0000\uD800'] },
    }))
    for (const [n, config] of configs.entries()) await runs.create(sampleRun(`run-${n}`, 'looms', { config }))
    const { entries } = await runs.list({}, { limit: 10 })
    expect(entries.map(({ config }) => config).reverse()).toEqual(configs)
  })

  it.each([
    ['not JSON', '{', /it is not JSON/],
    [
      'that of another version',
      JSON.stringify({ ...configuration, extra: 1 }),
      /\(as a whole: Unrecognized key: "extra"\)/,
    ],
    ['without a part', JSON.stringify({ ...configuration, fork: undefined }), /\(fork: /],
  ])(
    'is an error that names the run and says what to do if it cannot be read because it is %s',
    async (_, text, what) => {
      const { tenant, runs } = forTenant()
      await runs.create(sampleRun('run-1', 'looms'))
      await db.query('update runs set config = $1 where tenant = $2', [text, tenant])
      for (const read of [runs.get('run-1'), runs.list({}, { limit: 10 })])
        await expect(read).rejects.toMatchObject({
          name: 'DatabaseError',
          trouble: 'damaged',
          message: expect.stringMatching(
            /^the configuration of run run-1 cannot be read \(.+\); restore a backup of the database, or erase item "looms" with its runs$/,
          ),
        })
      await expect(runs.get('run-1')).rejects.toThrow(what)
    },
  )
})
