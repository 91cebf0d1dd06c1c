import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sha256 } from '../../src/content/text/hash.ts'
import type { Database } from '../../src/database/engine/connection.ts'
import { createLedgerStore } from '../../src/database/ledger/database-ledger.ts'
import { createRepositories } from '../../src/database/repositories/tenant-repositories.ts'
import type { LedgerStore } from '../../src/ledger/ledger-store.ts'
import { NOW, sampleExchange, sampleStep, sampleWrite, startRun } from '../database/database-samples.ts'

/** What the ledger's store promises, on any database. `open` gives a migrated one; each test has a tenant of its own. */
export function ledgerStoreContract(name: string, open: () => Promise<Database>) {
  describe(`ledger store on ${name}`, () => {
    let db: Database
    let statements = 0
    let store: LedgerStore
    beforeAll(async () => {
      db = await open()
      store = createLedgerStore({
        kysely: db.kysely,
        query: (text, values) => {
          statements += 1
          return db.query(text, values)
        },
      })
    })
    afterAll(() => db.close())

    async function running(tenant: string = randomUUID(), runId = 'run-1') {
      const r = createRepositories(db).for(tenant)
      return { r, tenant, owner: await startRun(r, { tenant, itemId: 'a', runId }) }
    }

    it('gives back exchanges in the order in which they were written, costs and all', async () => {
      const { owner, tenant, r } = await running()
      const exchanges = [
        sampleExchange(2, { outcome: 'error', retries: 3 }),
        sampleExchange(0, { kind: 'known', cost: null }),
        sampleExchange(1, { cost: { inputTokens: 1, cachedTokens: 0, outputTokens: 2, usd: null } }),
      ]
      await store.append([sampleWrite(owner, { exchanges: exchanges.slice(0, 2) })])
      await store.append([sampleWrite(owner, { exchanges: exchanges.slice(2) })])
      expect((await store.load(tenant, 'run-1')).exchanges).toEqual(exchanges)
      expect((await r.trace.load('run-1')).exchanges).toEqual(exchanges)
    })

    it('lists steps by superstep and node, with what failed', async () => {
      const { owner, r } = await running()
      const failed = sampleStep('entities', { update: null, error: 'no \u0000 answer' })
      await store.append([sampleWrite(owner, { steps: [sampleStep('topics'), failed] })])
      await store.append([sampleWrite(owner, { steps: [sampleStep('segment', { superstep: 0 })] })])
      expect((await r.trace.load('run-1')).steps).toEqual([
        sampleStep('segment', { superstep: 0 }),
        { ...failed, error: 'no \u0000 answer' },
        sampleStep('topics'),
      ])
    })

    it.each([
      ['short', 5],
      ['long', 5000],
    ])('writes what several runs queued as one statement, with %s texts', async (_, length) => {
      const tenant = randomUUID()
      const [one, two] = [await running(tenant, 'run-1'), await running(tenant, 'run-2')]
      const text = 'what both asked '.repeat(length)
      const blobs = [{ hash: sha256(text), text }]
      statements = 0
      const writes = [one, two].map(({ owner }) =>
        sampleWrite(owner, { blobs, exchanges: [sampleExchange(0), sampleExchange(1)], steps: [sampleStep('topics')] }),
      )
      expect(await store.append(writes)).toEqual({ stale: [] })
      expect(statements).toBe(1)
      expect((await store.load(tenant, 'run-1')).exchanges).toHaveLength(2)
      expect((await store.load(tenant, 'run-2')).exchanges).toHaveLength(2)
      for (const runId of ['run-1', 'run-2']) expect((await store.load(tenant, runId)).blob(sha256(text))).toBe(text)
      expect((await store.load(tenant, 'run-1')).blob(sha256('?'))).toBeUndefined()
    })

    it('names the stale runs, writes nothing of theirs and everything of the others', async () => {
      const tenant = randomUUID()
      const [good, stale] = [await running(tenant, 'run-1'), await running(tenant, 'run-2')]
      await stale.r.runs.claim('run-2', { owner: 'p2', now: NOW + 1e6, leaseMs: 1 })
      const unknown = { ...good.owner, runId: 'run-3' }
      const write = {
        exchanges: [sampleExchange(0)],
        steps: [sampleStep('topics')],
        blobs: [{ hash: sha256('x'), text: 'x' }],
      }
      const answer = await store.append([good.owner, stale.owner, unknown].map((owner) => sampleWrite(owner, write)))
      expect(answer.stale.sort()).toEqual(['run-2', 'run-3'])
      expect((await store.load(tenant, 'run-1')).exchanges).toHaveLength(1)
      expect((await store.load(tenant, 'run-2')).exchanges).toEqual([])
      expect((await stale.r.trace.load('run-2')).steps).toEqual([])
      const again = await store.append([sampleWrite({ ...stale.owner, attempt: 2 }, write)])
      expect(again).toEqual({ stale: [] })
    })

    it('does not take a run of another tenant for its own', async () => {
      const { owner } = await running()
      const foreign = { ...owner, tenant: randomUUID() }
      expect(await store.append([sampleWrite(foreign, { steps: [sampleStep('topics')] })])).toEqual({
        stale: ['run-1'],
      })
    })

    it('keeps the first of two writes of one exchange or step, but of a step that came to something else the last', async () => {
      const { owner, tenant, r } = await running()
      await store.append([sampleWrite(owner, { exchanges: [sampleExchange(0)], steps: [sampleStep('topics')] })])
      const later = { exchanges: [sampleExchange(0, { ms: 99 })], steps: [sampleStep('topics', { ms: 99 })] }
      expect(await store.append([sampleWrite(owner, later)])).toEqual({ stale: [] })
      expect((await store.load(tenant, 'run-1')).exchanges).toEqual([sampleExchange(0)])
      expect((await r.trace.load('run-1')).steps).toEqual([sampleStep('topics')])
      const other = sampleStep('topics', { update: sha256('another update'), ms: 99 })
      await store.append([sampleWrite(owner, { steps: [other] })])
      expect((await r.trace.load('run-1')).steps).toEqual([other])
    })

    it('takes thousands of exchanges at once, in order', async () => {
      const { owner, tenant } = await running()
      const exchanges = Array.from({ length: 5000 }, (_, n) => sampleExchange(n))
      await store.append([sampleWrite(owner, { exchanges })])
      expect((await store.load(tenant, 'run-1')).exchanges.map(({ n }) => n)).toEqual(exchanges.map(({ n }) => n))
    })

    it('has every blob in place before an exchange names it, also when it splits', async () => {
      const { owner, tenant } = await running()
      // Random text does not compress: three of these are more than one statement carries.
      const blobs = [1, 2, 3].map(() => {
        const text = randomBytes(4_000_000).toString('base64')
        return { hash: sha256(text), text }
      })
      const seen: string[] = []
      const watched = createLedgerStore({
        kysely: db.kysely,
        query: (text, values) => {
          seen.push(['blobs', 'chunks'].filter((table) => text.includes(`insert into ${table} `)).join('+'))
          return db.query(text, values)
        },
      })
      await watched.append([sampleWrite(owner, { blobs, exchanges: [sampleExchange(0)] })])
      expect(seen.length).toBeGreaterThan(1)
      expect(seen.slice(0, -1).every((tables) => tables === 'blobs')).toBe(true)
      expect(seen.at(-1)).toContain('chunks')
      const run = await store.load(tenant, 'run-1')
      for (const { hash, text } of blobs) expect(run.blob(hash)).toBe(text)
    })

    it('has nothing to do for nothing', async () => {
      statements = 0
      expect(await store.append([])).toEqual({ stale: [] })
      expect(statements).toBe(0)
    })
  })
}
