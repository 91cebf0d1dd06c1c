import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Database } from '../../src/database/engine/connection.ts'
import { openMemory } from '../database/open-memory.ts'
import { type IndexDesk, openIndexDesk } from '../support/index-desk.ts'

let database: Database
let desk: IndexDesk
beforeAll(async () => {
  database = await openMemory()
}, 240_000)
afterAll(() => database?.close())
beforeEach(async () => {
  desk = await openIndexDesk(database)
})
afterEach(async () => {
  vi.restoreAllMocks()
  await desk.qdrant.close()
})

const LINES = [
  'The loom reads its pattern from wooden cards.',
  'Every card stands for one row of the cloth, as the weaver Marta Oyelaran says.',
  'Bees want poor soil.',
]
const asked = { text: 'what does Marta Oyelaran say of cards', limit: 10, filter: {} }

/** Statements that reach the driver, whoever makes them. */
function statements(): () => unknown[] {
  const query = vi.spyOn(Client.prototype, 'query')
  return () => query.mock.calls.map(([sql]) => sql)
}

describe('one search of an index that has caught up', { timeout: 120_000 }, () => {
  it('is one request to Qdrant and one statement', async () => {
    for (const item of ['looms', 'cards', 'threads']) await desk.publish(item, 'en', LINES)
    const { catchUp, search } = desk.started(desk.inQdrant())
    await catchUp()
    await search(asked)
    const before = desk.qdrant.requests.length
    const made = statements()
    const { found, behind } = await search(asked)
    expect(found.map(({ item }) => item.id).sort()).toEqual(['cards', 'looms', 'threads'])
    expect(behind).toBe(0)
    expect(made()).toHaveLength(1)
    expect(
      desk.qdrant.requests.slice(before).map(({ method, path }) => `${method} ${path.split('/').slice(3).join('/')}`),
    ).toEqual(['POST points/query/batch'])
  })

  it('is two statements where the index lives in the database', async () => {
    for (const item of ['looms', 'cards', 'threads']) await desk.publish(item, 'en', LINES)
    const { catchUp, search } = desk.started(desk.inDatabase())
    await catchUp()
    await search(asked)
    const made = statements()
    expect((await search(asked)).found).toHaveLength(3)
    expect(made()).toHaveLength(2)
  })
})

describe('a search', { timeout: 120_000 }, () => {
  it('makes nothing where nothing is published', async () => {
    const { search } = desk.started(desk.inQdrant())
    expect(await search(asked)).toEqual({ found: [], compared: 0, behind: 0, abstention: null })
    expect(desk.qdrant.collections.size).toBe(0)
    expect(desk.qdrant.requests.map(({ method }) => method).filter((method) => method !== 'GET')).toEqual([])
  })

  it('finds a name that is said once, first, with its words lit', async () => {
    await desk.publish('looms', 'en', LINES)
    await desk.publish('cards', 'en', [LINES[2] ?? ''])
    const { catchUp, search } = desk.started(desk.inDatabase())
    await catchUp()
    const { found } = await search({ ...asked, text: 'Oyelaran' })
    const [place] = found[0]?.segments ?? []
    expect([found[0]?.item.id, place?.segment, place?.quote]).toEqual(['looms', 1, LINES[1]])
    const text = LINES.join('\n')
    expect(place?.marks.map(({ start, end }) => text.slice(start, end))).toEqual(['Oyelaran'])
  })

  it.each(['full', 'clipped', 'offsets'] as const)(
    'quotes what stands at the place that it names: rights %s',
    async (rights) => {
      const long =
        `${'It is a long way round. '.repeat(12)}Then Marta Oyelaran comes in, ${'and so on and on. '.repeat(9)}`.trim()
      const lines = [LINES[0] ?? '', long, LINES[2] ?? '']
      await desk.publish('looms', 'en', lines, rights)
      const { catchUp, search } = desk.started(desk.inDatabase())
      await catchUp()
      const { found } = await search({ ...asked, text: 'Marta Oyelaran' })
      const text = lines.join('\n')
      const [place] = found[0]?.segments ?? []
      expect(place?.segment).toBe(1)
      for (const { start, end, quote, marks } of found[0]?.segments ?? []) {
        if (start === null || end === null) throw new Error('every place is known')
        if (rights === 'offsets') expect([quote, marks]).toEqual([null, []])
        else expect(quote).toBe(text.slice(start, end))
        if (rights === 'clipped') expect(end - start).toBeLessThanOrEqual(90)
        for (const mark of marks) expect(mark.start >= start && mark.end <= end).toBe(true)
      }
      // A clip shows why it was found, wherever in the segment that stands.
      if (rights !== 'offsets') expect(place?.quote).toContain('Marta Oyelaran')
    },
  )

  it('looks for an index that was lost and made again where it finds nothing', async () => {
    await desk.publish('looms', 'en', LINES)
    const { catchUp, search } = desk.started(desk.inQdrant())
    await catchUp()
    expect((await search(asked)).found).toHaveLength(1)
    for (const collection of desk.qdrant.collections.values()) {
      collection.metadata = { id: 'another' }
      collection.points.clear()
    }
    // What was published is missing there, and is filled in before the answer.
    expect(await search(asked)).toMatchObject({ behind: 0, found: [{ item: { id: 'looms' } }] })
  })
})
