import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { compose } from '../../src/compose.ts'
import { readConfig } from '../../src/config.ts'
import { Item } from '../../src/content/item.ts'
import { sha256 } from '../../src/content/text/hash.ts'
import { makeText } from '../../src/content/text/text.ts'
import { acquireLock, type FolderLock } from '../../src/database/folder/folder-lock.ts'
import { createLedgerStore } from '../../src/database/ledger/database-ledger.ts'
import { createApp } from '../../src/http/app.ts'
import { Changes } from '../../src/http/schemas/changes-schemas.ts'
import { eraseItem } from '../../src/runs/erase-item.ts'
import { type Service, TENANT } from '../../src/service.ts'
import { createPgvectorEngine } from '../../src/similarity/pgvector/pgvector-index.ts'
import { SimilarityUnavailable } from '../../src/similarity/similarity-index.ts'
import { point, put } from '../contracts/similarity.ts'
import {
  NOW,
  sampleDocument,
  sampleExchange,
  sampleFacet,
  sampleLabel,
  samplePublication,
  sampleRun,
  sampleWrite,
} from '../database/database-samples.ts'
import { filesThatHold, tablesThatHold } from '../database/held.ts'
import { configuration } from '../ledger/configuration-sample.ts'
import { type CheckedApp, checkedApp } from '../support/checked-app.ts'
import { silent } from '../support/service.ts'
import { startQdrantServer } from '../wire/qdrant-server.ts'

const MARK = 'Zyxophilomene'
const secret = (id: string) =>
  Item.parse({
    id,
    kind: 'talk',
    title: `The memoirs of ${MARK}`,
    description: `What ${MARK} did in the winter of that year.`,
    language: 'en',
    transcripts: [
      {
        text: `My name is ${MARK}, and I kept bees in the north. Every winter ${MARK} counted the hives, and every spring some were empty.`,
      },
    ],
  })

let folder: string
let lock: FolderLock
let service: Service
let app: CheckedApp
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'linernotes-erase-'))
  const owned = await acquireLock(folder)
  if (owned.kind !== 'owned') throw new Error('the folder is taken')
  lock = owned.lock
  service = await compose(readConfig({ LINERNOTES_EFFORT: 'quick' }), { lock }, silent)
  app = await checkedApp(createApp({ service, log: silent, version: '1.2.3' }))
})
afterAll(async () => {
  await service?.close()
  lock?.release()
  rmSync(folder, { recursive: true, force: true })
})

const submit = (item: Item, key?: string) =>
  app.post('/v1/items', item, { prefer: 'wait=60', ...(key !== undefined && { 'idempotency-key': key }) })
const erase = (id: string) => app.request(`/v1/items/${encodeURIComponent(id)}`, { method: 'DELETE' })
const vectors = async (itemId: string) =>
  (await service.database.query('select from similarity_points where item_id = $1', [itemId])).rows.length

/** A version of the item with the mark in everything that a run may publish and record. */
async function publishMarks(itemId: string): Promise<void> {
  const { repositories, database } = service
  const run = sampleRun('marked-run', itemId, {
    item: secret(itemId),
    config: { ...configuration, taxonomyVersion: MARK },
  })
  await repositories.runs.create(run)
  const claimed = await repositories.runs.claim(run.id, { owner: 'test', now: NOW, leaseMs: 1000 })
  const owner = { tenant: TENANT, itemId, runId: run.id, attempt: claimed?.attempt ?? 0 }
  const blob = { hash: sha256('marked'), text: JSON.stringify({ said: MARK }) }
  await createLedgerStore(database).append([
    sampleWrite(owner, { exchanges: [sampleExchange(0, { request: blob.hash })], blobs: [blob] }),
  ])
  await repositories.publish(
    owner,
    samplePublication(owner, {
      document: { ...sampleDocument(itemId, run.id), extra: { of: MARK } },
      labels: [sampleLabel('1', { name: MARK })],
      facets: [sampleFacet(run.id, { draft: { of: MARK } })],
      texts: [makeText('description', MARK)],
      derived: [{ textHash: sha256('x'), kind: 'segments', version: 'test', value: [MARK] }],
      reviews: [{ id: 'marked-review', facet: 'topics', key: '1', question: { about: MARK } }],
    }),
  )
  const end = { status: 'failed' as const, error: `no ${MARK}`, outcome: { of: MARK }, at: NOW }
  await createLedgerStore(database).append([sampleWrite(owner, { end })])
  await repositories.decisions.put(itemId, {
    facet: 'topics',
    key: '2',
    action: 'reject',
    value: null,
    note: `not what ${MARK} meant`,
    by: MARK,
    at: NOW,
  })
}

describe('erasing an item', () => {
  it('leaves nothing of it: no row, no vector, and no byte in the files once they are rewritten', {
    timeout: 180_000,
  }, async () => {
    expect((await submit(secret('memoirs'), `key-of-${MARK}`)).status).toBe(200)
    expect(
      (
        await submit(
          Item.parse({
            ...secret('other'),
            id: 'other',
            title: 'Bees',
            description: 'Bees',
            transcripts: [{ text: 'Bees winter in a cluster around their queen.' }],
          }),
        )
      ).status,
    ).toBe(200)
    await publishMarks('memoirs')
    const { database } = service
    expect(await tablesThatHold(database, MARK)).toEqual([
      'blobs',
      'chunks',
      'decisions',
      'facets',
      'idempotency_keys',
      'items',
      'labels',
      'reviews',
      'runs',
      'texts',
      'understandings',
    ])
    expect(await vectors('memoirs')).toBeGreaterThan(0)
    await database.query('checkpoint')
    const heap = join(folder, 'pg', 'base')
    expect(filesThatHold(heap, MARK).length).toBeGreaterThan(5)
    const rest = await vectors('other')

    const answer = await erase('memoirs')
    expect([answer.status, await answer.text()]).toEqual([204, ''])

    expect(await tablesThatHold(database, MARK)).toEqual([])
    // Its id stays in the outbox, and where a run of another item had found it close.
    expect(await tablesThatHold(database, 'memoirs')).toEqual(['chunks', 'erasures', 'understandings'])
    expect(await vectors('memoirs')).toBe(0)
    // What `vacuum full` and `checkpoint` do for the tables, and more: the log goes too.
    const compacted = await app.post('/v1/prune', { compact: true })
    expect(await compacted.json()).toMatchObject({ runs: 0, compacted: true })
    expect(filesThatHold(folder, MARK)).toEqual([])
    // What is not its own stays.
    expect(await vectors('other')).toBe(rest)
    expect(await service.repositories.understandings.current('other')).not.toBeNull()
  })

  it('is told to who follows the changes, in the place of what was published', async () => {
    const since = async (after: number) => Changes.parse(await (await app.request(`/v1/changes?after=${after}`)).json())
    const before = (await since(0)).after
    await submit(secret('told'))
    await erase('told')
    const { entries } = await since(before)
    expect(entries).toEqual([{ change: 'erased', itemId: 'told', seq: before + 2, erasedAt: expect.any(String) }])
    await submit(secret('told'))
    expect((await since(before)).entries).toMatchObject([
      { change: 'erased', itemId: 'told' },
      { change: 'published', itemId: 'told', version: 1, seq: before + 3 },
    ])
    expect(await vectors('told')).toBeGreaterThan(0)
    await erase('told')
    expect((await since(before)).entries).toMatchObject([{ change: 'erased', seq: before + 4 }])
  })

  it('says that there is no such item, also the second time', async () => {
    expect((await erase('nobody')).status).toBe(404)
    await submit(secret('once'))
    expect((await erase('once')).status).toBe(204)
    expect((await erase('once')).status).toBe(404)
  })

  it('stops runs that work or wait, and nothing of them comes afterwards', async () => {
    const submitted = await Promise.all([1, 2, 3].map(() => service.runs.submit(secret('busy'))))
    expect((await erase('busy')).status).toBe(204)
    await service.runs.idle()
    for (const { id } of submitted) expect(await service.repositories.runs.get(id)).toBeNull()
    expect(await tablesThatHold(service.database, MARK)).toEqual([])
    expect(await vectors('busy')).toBe(0)
  })

  it('takes nothing more from an owner that did not notice', async () => {
    const { repositories, database } = service
    const run = sampleRun('lost-run', 'lost', { item: secret('lost') })
    const { run: lost } = await repositories.runs.submit(run, { owner: 'elsewhere', now: NOW, leaseMs: 1000 })
    const owner = { tenant: TENANT, itemId: 'lost', runId: 'lost-run', attempt: lost.attempt }
    expect((await erase('lost')).status).toBe(204)
    const write = sampleWrite(owner, { exchanges: [sampleExchange(0)], blobs: [{ hash: sha256(MARK), text: MARK }] })
    expect(await createLedgerStore(database).append([write])).toEqual({ stale: ['lost-run'] })
    await expect(repositories.publish(owner, samplePublication(owner))).rejects.toThrow()
    expect(await tablesThatHold(database, MARK)).toEqual([])
  })

  it('changes nothing where the index does not answer, so that it can be asked for again', async () => {
    await submit(secret('kept'))
    const { repositories, runs, catchUp } = service
    const index = { remove: () => Promise.reject(new SimilarityUnavailable('away')) }
    const deps = { repositories, runs, catchUp, clock: Date.now }
    await expect(eraseItem('kept', { ...deps, index })).rejects.toThrow('away')
    expect(await repositories.understandings.current('kept')).not.toBeNull()
    expect(await eraseItem('kept', { ...deps, index: service.similarity.index })).toBe(true)
  })
})

describe('erasing an item while Qdrant holds the index', { timeout: 120_000 }, () => {
  it('takes it out of Qdrant, and out of the index that the database holds from earlier days, at once', async () => {
    const qdrant = await startQdrantServer()
    onTestFinished(() => qdrant.close())
    const config = readConfig({ LINERNOTES_EFFORT: 'quick', QDRANT_URL: qdrant.url })
    const inQdrant = await compose(config, { memory: true }, silent)
    onTestFinished(() => inQdrant.close())
    const { runs, similarity, repositories, database } = inQdrant
    for (const id of ['memoirs', 'other']) await runs.wait((await runs.submit({ ...secret('memoirs'), id })).id)
    const earlier = createPgvectorEngine({ pool: database })
    for (const tenant of [TENANT, 'another'])
      await put(earlier.for(tenant), [
        ...['memoirs', 'other'].map((id) => point(id, [1, 0])),
        ...[null, 0].map((segment) => point('memoirs', [1, 0, 0], { space: 'of-a-model-before@1', segment })),
      ])

    const { index } = similarity
    const { catchUp } = inQdrant
    expect(await eraseItem('memoirs', { repositories, runs, index, catchUp, clock: Date.now })).toBe(true)
    const { rows } = await database.query('select tenant, item_id from similarity_points order by tenant, item_id')
    expect(rows.filter(({ tenant }) => tenant === TENANT)).toEqual([{ tenant: TENANT, item_id: 'other' }])
    expect(
      rows.filter(({ tenant }) => tenant === 'another'),
      'of another tenant',
    ).toHaveLength(4)
    const inCollections = [...qdrant.collections.values()].flatMap(({ points }) => [...points.values()])
    expect(new Set(inCollections.map(({ payload }) => payload.item))).toEqual(new Set(['other']))

    // Erased while Qdrant could not be reached: no run finds it there.
    await repositories.erase('other', NOW)
    const run = await runs.wait((await runs.submit({ ...secret('third'), id: 'third' })).id)
    expect(run).toMatchObject({ error: null })
    expect((await repositories.understandings.current('third'))?.similar).toEqual([])
  })
})
