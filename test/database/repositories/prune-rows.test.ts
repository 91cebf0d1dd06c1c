import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sha256 } from '../../../src/content/text/hash.ts'
import type { Database } from '../../../src/database/engine/connection.ts'
import { createLedgerStore } from '../../../src/database/ledger/database-ledger.ts'
import type { Derived } from '../../../src/database/records.ts'
import { createRepositories } from '../../../src/database/repositories/tenant-repositories.ts'
import type { Repositories } from '../../../src/database/repositories.ts'
import type { RunOwner } from '../../../src/ledger/ledger-store.ts'
import {
  NOW,
  sampleExchange,
  sampleItem,
  samplePublication,
  sampleRun,
  sampleStep,
  sampleWrite,
} from '../database-samples.ts'
import { openMemory } from '../open-memory.ts'

let db: Database
beforeAll(async () => {
  db = await openMemory()
})
afterAll(() => db?.close())

const DAY = 86_400_000
/** This text is long enough for a row of its own. */
const long = (about: string) => {
  const text = `${about} `.repeat(33_000 / (about.length + 1) + 1)
  return { hash: sha256(text), text }
}
const TRANSCRIPT = long('the transcript that every run of an item names')

interface Ended {
  day?: number
  publish?: boolean
  title?: string
  derived?: Derived
}

/** A new tenant and its runs, with what they recorded. The ids of the runs sort in the order in which they are made. */
function folder() {
  const tenant = randomUUID()
  const r: Repositories = createRepositories(db).for(tenant)
  const store = createLedgerStore(db)

  async function begin(itemId: string, id: string, title = 'On Looms'): Promise<RunOwner> {
    const item = sampleItem({ title })
    const { run } = await r.runs.submit(sampleRun(id, itemId, { item }), { owner: 'test', now: NOW, leaseMs: DAY })
    const owner = { tenant, itemId, runId: id, attempt: run.attempt }
    const exchange = sampleExchange(0, { request: TRANSCRIPT.hash })
    await store.append([sampleWrite(owner, { exchanges: [exchange], blobs: [TRANSCRIPT, long(id)] })])
    await store.append([sampleWrite(owner, { steps: [sampleStep('topics')] })])
    return owner
  }

  async function ended(
    itemId: string,
    id: string,
    { day = 0, publish = false, title = 'On Looms', derived }: Ended = {},
  ) {
    const owner = await begin(itemId, id, title)
    if (publish) await r.publish(owner, samplePublication(owner))
    if (derived !== undefined) await r.runs.keepDerived(owner, [derived])
    await store.append([
      sampleWrite(owner, { end: { status: 'complete', error: null, outcome: null, at: NOW + day * DAY } }),
    ])
  }

  const left = async () => (await r.runs.list({}, { limit: 200 })).entries.map(({ id }) => id).sort()
  const rows = async (table: 'chunks' | 'blobs') =>
    (await db.query(`select from ${table} where tenant = $1`, [tenant])).rows.length
  return { r, begin, ended, left, rows, tenant }
}

describe('pruning runs', () => {
  it('keeps a blob as long as one run names it, and deletes it with the last such run', async () => {
    const { r, ended, left, rows } = folder()
    await ended('a', 'run-1', { day: 1 })
    await ended('a', 'run-2', { day: 2 })
    // The blobs are the transcript, one long answer for each run, and the item that the runs and the listing share.
    expect([await rows('chunks'), await rows('blobs')]).toEqual([4, 4])
    expect(await r.prune({ endedBefore: NOW + 2 * DAY })).toMatchObject({ runs: 1, chunks: 2, blobs: 1 })
    expect(await left()).toEqual(['run-2'])
    const { blob, exchanges, steps } = await r.trace.load('run-2')
    expect(blob(TRANSCRIPT.hash)).toBe(TRANSCRIPT.text)
    expect([exchanges.length, steps.length]).toEqual([1, 1])
    expect(await r.prune({ endedBefore: NOW + 3 * DAY })).toMatchObject({ runs: 1, chunks: 2, blobs: 2 })
    expect([await rows('chunks'), await rows('blobs')]).toEqual([0, 1])
    expect((await r.items.get('a'))?.item).toEqual(sampleItem())
    expect(await r.prune({})).toEqual({ runs: 0, chunks: 0, blobs: 0, bytes: 0 })
  })

  it('keeps the item as it was given to an earlier run, until that run is deleted', async () => {
    const { r, ended, rows } = folder()
    await ended('a', 'run-1', { day: 1, title: 'As it was' })
    await ended('a', 'run-2', { day: 2, title: 'As it is' })
    expect(await rows('blobs')).toBe(5)
    await r.prune({ endedBefore: NOW + 1 })
    expect((await r.runs.item('run-1'))?.title).toBe('As it was')
    // The blobs are its own answer, and the item as it was.
    expect(await r.prune({ endedBefore: NOW + 2 * DAY })).toMatchObject({ runs: 1, blobs: 2 })
    expect((await r.runs.item('run-2'))?.title).toBe('As it is')
  })

  it('keeps what runs have computed from their texts, until the last run with the same result is deleted', async () => {
    const { r, ended, rows } = folder()
    const derived = { textHash: TRANSCRIPT.hash, kind: 'segments', version: 'segmenter@1', value: ['cut'] }
    await ended('a', 'run-1', { day: 1, derived })
    await ended('a', 'run-2', { day: 2, derived })
    await ended('a', 'run-3', { day: 3, derived: { ...derived, value: ['cut otherwise'] } })
    // The blobs are the item, the transcript, three answers, and what was computed in two ways.
    expect(await rows('blobs')).toBe(7)
    expect(await r.prune({ endedBefore: NOW + 2 * DAY })).toMatchObject({ runs: 1, blobs: 1 })
    expect(await r.runs.derived('run-2')).toEqual([derived])
    expect(await r.prune({ endedBefore: NOW + 3 * DAY })).toMatchObject({ runs: 1, blobs: 2 })
    expect(await r.prune({})).toMatchObject({ runs: 1, blobs: 3 })
    expect(await rows('blobs')).toBe(1)
  })

  it('counts in a dry run what the same call would delete, and deletes nothing', async () => {
    const { r, ended, left, rows } = folder()
    for (const n of [1, 2, 3, 4]) await ended(n % 2 === 0 ? 'even' : 'odd', `run-${n}`, { day: n })
    const before = [await rows('chunks'), await rows('blobs')]
    const limits = { endedBefore: NOW + 4 * DAY, keepPerItem: 1 }
    const counted = await r.prune({ ...limits, dryRun: true })
    expect(counted).toMatchObject({ runs: 2, chunks: 4, blobs: 2 })
    expect(counted.bytes).toBeGreaterThan(100)
    expect([await rows('chunks'), await rows('blobs')]).toEqual(before)
    expect(await left()).toHaveLength(4)
    expect(await r.prune(limits)).toEqual(counted)
    expect(await left()).toEqual(['run-3', 'run-4'])
  })

  it('keeps the newest runs of each item whatever their age, and young runs whatever their number', async () => {
    const { r, ended, left } = folder()
    for (const n of [1, 2, 3]) await ended('a', `a-${n}`, { day: n })
    await ended('b', 'b-1', { day: 1 })
    await r.prune({ keepPerItem: 1, endedBefore: NOW + 2 * DAY })
    expect(await left()).toEqual(['a-2', 'a-3', 'b-1'])
    await r.prune({ keepPerItem: 1 })
    expect(await left()).toEqual(['a-3', 'b-1'])
  })

  it('never deletes what is published, or the run of the current version', async () => {
    const { r, ended, left } = folder()
    await ended('a', 'run-1', { publish: true })
    await ended('a', 'run-2', { publish: true })
    await ended('a', 'run-3')
    expect(await r.prune({})).toMatchObject({ runs: 2 })
    expect(await left()).toEqual(['run-2'])
    expect((await r.understandings.versions('a', {})).entries.map(({ runId }) => runId)).toEqual(['run-2', 'run-1'])
    expect(await r.understandings.version('a', 1)).not.toBeNull()
    expect(await r.understandings.changes(0)).toHaveLength(2)
    expect((await r.facets.latest('a', 'topics'))?.runId).toBe('run-2')
    expect(await r.understandings.labels('a')).toHaveLength(1)
  })

  it('leaves items alone while a run works on them', async () => {
    const { r, ended, begin, left } = folder()
    await ended('a', 'run-1')
    const owner = await begin('a', 'run-2')
    expect(await r.prune({})).toMatchObject({ runs: 0 })
    await createLedgerStore(db).append([
      sampleWrite(owner, { end: { status: 'failed', error: 'x', outcome: null, at: NOW } }),
    ])
    expect(await r.prune({})).toMatchObject({ runs: 2 })
    expect(await left()).toEqual([])
  })

  it('deletes the idempotency keys of deleted runs, and nothing of other tenants', async () => {
    const { r, ended } = folder()
    const other = folder()
    await other.ended('a', 'run-1')
    await ended('a', 'run-1')
    await r.idempotencyKeys.put('key', { bodyHash: sha256('x'), runId: 'run-1', at: NOW })
    await other.r.idempotencyKeys.put('key', { bodyHash: sha256('x'), runId: 'run-1', at: NOW })
    await r.prune({})
    expect(await r.idempotencyKeys.find('key')).toBeNull()
    expect(await other.r.idempotencyKeys.find('key')).not.toBeNull()
    expect([await other.rows('chunks'), await other.rows('blobs')]).toEqual([2, 3])
  })
})
