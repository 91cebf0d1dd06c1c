import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sha256 } from '../../src/content/hash.ts'
import type { Database } from '../../src/database/connection.ts'
import { createLedgerStore } from '../../src/database/ledger-store.ts'
import { createRepositories } from '../../src/database/tenant-repositories.ts'
import type { LedgerStore } from '../../src/ledger/store.ts'
import { NOW, sampleExchange, sampleStep, sampleWrite, startRun } from '../database/samples.ts'

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
        sampleExchange(0, { kind: 'now', cost: null }),
        sampleExchange(1, { cost: { inputTokens: 1, cachedTokens: 0, outputTokens: 2, usd: null } }),
      ]
      await store.append([sampleWrite(owner, { exchanges: exchanges.slice(0, 2) })])
      await store.append([sampleWrite(owner, { exchanges: exchanges.slice(2) })])
      expect(await store.exchanges(tenant, 'run-1')).toEqual(exchanges)
      expect(await r.trace.exchange('run-1', { node: 'topics', visit: 0, kind: 'chat', n: 2 })).toEqual(exchanges[0])
      expect(await r.trace.exchange('run-1', { node: 'topics', visit: 1, kind: 'chat', n: 2 })).toBeNull()
    })

    it('lists steps by superstep and node, with what failed', async () => {
      const { owner, r } = await running()
      const failed = sampleStep('entities', { update: null, error: 'no \u0000 answer' })
      await store.append([sampleWrite(owner, { steps: [sampleStep('topics'), failed] })])
      await store.append([sampleWrite(owner, { steps: [sampleStep('segment', { superstep: 0 })] })])
      expect(await r.trace.steps('run-1')).toEqual([
        sampleStep('segment', { superstep: 0 }),
        { ...failed, error: 'no \uFFFD answer' },
        sampleStep('topics'),
      ])
    })

    it('writes what several runs queued as one statement', async () => {
      const tenant = randomUUID()
      const [one, two] = [await running(tenant, 'run-1'), await running(tenant, 'run-2')]
      const text = 'what both asked '.repeat(500)
      const blobs = [{ hash: sha256(text), text }]
      statements = 0
      const writes = [one, two].map(({ owner }) =>
        sampleWrite(owner, { blobs, exchanges: [sampleExchange(0), sampleExchange(1)], steps: [sampleStep('topics')] }),
      )
      expect(await store.append(writes)).toEqual({ stale: [] })
      expect(statements).toBe(1)
      expect(await store.exchanges(tenant, 'run-1')).toHaveLength(2)
      expect(await store.exchanges(tenant, 'run-2')).toHaveLength(2)
      expect(await store.blobs(tenant, 'a', [sha256(text), sha256('?')])).toEqual(new Map([[sha256(text), text]]))
      expect(await store.blobs(tenant, 'b', [sha256(text)])).toEqual(new Map())
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
      expect(await store.exchanges(tenant, 'run-1')).toHaveLength(1)
      expect(await store.exchanges(tenant, 'run-2')).toEqual([])
      expect(await stale.r.trace.steps('run-2')).toEqual([])
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

    it('keeps the first of two writes of one exchange, step or blob', async () => {
      const { owner, tenant, r } = await running()
      await store.append([sampleWrite(owner, { exchanges: [sampleExchange(0)], steps: [sampleStep('topics')] })])
      const later = { exchanges: [sampleExchange(0, { ms: 99 })], steps: [sampleStep('topics', { ms: 99 })] }
      expect(await store.append([sampleWrite(owner, later)])).toEqual({ stale: [] })
      expect(await store.exchanges(tenant, 'run-1')).toEqual([sampleExchange(0)])
      expect(await r.trace.steps('run-1')).toEqual([sampleStep('topics')])
    })

    it('takes more rows than a statement has parameters for, in order', async () => {
      const { owner, tenant } = await running()
      const exchanges = Array.from({ length: 5000 }, (_, n) => sampleExchange(n))
      await store.append([sampleWrite(owner, { exchanges })])
      expect((await store.exchanges(tenant, 'run-1')).map(({ n }) => n)).toEqual(exchanges.map(({ n }) => n))
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
          seen.push(['blobs', 'exchanges'].filter((table) => text.includes(`insert into ${table}`)).join('+'))
          return db.query(text, values)
        },
      })
      await watched.append([sampleWrite(owner, { blobs, exchanges: [sampleExchange(0)] })])
      expect(seen.length).toBeGreaterThan(1)
      expect(seen.slice(0, -1).every((tables) => tables === 'blobs')).toBe(true)
      expect(seen.at(-1)).toContain('exchanges')
      expect(
        (
          await store.blobs(
            tenant,
            'a',
            blobs.map(({ hash }) => hash),
          )
        ).size,
      ).toBe(3)
    })

    it('has nothing to do for nothing', async () => {
      statements = 0
      expect(await store.append([])).toEqual({ stale: [] })
      expect(statements).toBe(0)
    })
  })
}
