import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../src/database/engine/connection.ts'
import { NOW } from '../database/database-samples.ts'
import { openMemory } from '../database/open-memory.ts'
import { makeReading } from '../signals/reading/make-reading.ts'
import { fakeEmbedder } from '../support/fake-embedder.ts'
import { type IndexDesk, openIndexDesk } from '../support/index-desk.ts'

let database: Database
let qdrant: IndexDesk['qdrant']
let repositories: IndexDesk['repositories']
let publish: IndexDesk['publish']
let started: IndexDesk['started']
let inQdrant: IndexDesk['inQdrant']
let inDatabase: IndexDesk['inDatabase']
beforeAll(async () => {
  database = await openMemory()
})
afterAll(() => database?.close())
beforeEach(async () => {
  ;({ qdrant, repositories, publish, started, inQdrant, inDatabase } = await openIndexDesk(database))
})
afterEach(() => qdrant.close())

const otherModel = () => ({ ...fakeEmbedder(), space: 'other@1' })

describe('the index of another engine or model', { timeout: 30_000 }, () => {
  it('another engine: gets what was published before, and the first one what came meanwhile', async () => {
    await publish('looms')
    const first = started(inDatabase())
    await first.catchUp()
    expect(await first.found()).toEqual(['looms'])

    const second = started(inQdrant())
    await publish('cards')
    await second.catchUp()
    expect(await second.found()).toEqual(['cards', 'looms'])
    expect(await first.found()).toEqual(['looms'])

    const back = started(inDatabase())
    await back.catchUp()
    expect(await back.found()).toEqual(['cards', 'looms'])
  })

  it.each([
    ['the database', () => inDatabase()],
    ['Qdrant', () => inQdrant()],
  ])('another embedding model in %s: what was published before is indexed in its space, once', async (_, engine) => {
    await publish('looms')
    await publish('cards')
    await started(engine()).catchUp()
    const other = started(engine(), otherModel())
    expect(await other.found()).toEqual([])
    await other.catchUp()
    expect(await other.found()).toEqual(['cards', 'looms'])
    const again = fakeEmbedder()
    await started(engine(), again).catchUp()
    expect(again.texts, 'the first space was filled before').toEqual([])
  })

  it('who publishes while the outbox was looked at for the last time waits until it is looked at again', async () => {
    await publish('looms')
    let late: Promise<void> | undefined
    const { understandings } = repositories
    const one = started(inDatabase(), fakeEmbedder(), {
      ...repositories,
      understandings: {
        ...understandings,
        async changes(after, limit) {
          const changes = await understandings.changes(after, limit)
          if (changes.length > 0 || late !== undefined) return changes
          await publish('cards')
          late = one.catchUp()
          return changes
        },
      },
    })
    void one.catchUp()
    while (late === undefined) await new Promise(setImmediate)
    await late
    expect(await one.found()).toEqual(['cards', 'looms'])
  })

  it.each([
    ['the database', () => inDatabase()],
    ['Qdrant', () => inQdrant()],
  ])('an item whose language the model does not know any more is not found in %s by what it was', async (_, engine) => {
    await publish('looms')
    const one = started(engine())
    await one.catchUp()
    await publish('looms', 'fr')
    await one.catchUp()
    expect(await one.found()).toEqual([])
  })

  it('an item whose embedder was away in its run is embedded when its turn comes', async () => {
    await publish('looms')
    const one = started(inDatabase())
    one.remember('looms', makeReading([]))
    await one.catchUp()
    expect(await one.found()).toEqual(['looms'])
  })

  it('an item that was erased and given again stays in every space that has it', async () => {
    await publish('looms')
    await repositories.erase('looms', NOW)
    await publish('looms')
    const [one, other] = [started(inQdrant()), started(inQdrant(), otherModel())]
    await one.catchUp()
    await other.catchUp()
    expect([await one.found(), await other.found()]).toEqual([['looms'], ['looms']])
    await repositories.erase('looms', NOW)
    await one.catchUp()
    expect([await one.found(), await other.found()]).toEqual([[], []])
  })

  it('a data folder of before: what it had indexed is indexed once more, and no more often', async () => {
    await publish('looms')
    await repositories.outbox.advance('similarity', 1)
    await started(inDatabase()).catchUp()
    const embedder = fakeEmbedder()
    const indexer = started(inDatabase(), embedder)
    await indexer.catchUp()
    expect(embedder.texts).toEqual([])
    expect(await indexer.found()).toEqual(['looms'])
  })
})

describe('a collection that was lost', { timeout: 30_000 }, () => {
  it('is made again, and filled with everything, by the next start', async () => {
    await publish('looms')
    await publish('cards')
    await started(inQdrant()).catchUp()
    qdrant.collections.clear()
    const indexer = started(inQdrant())
    await indexer.catchUp()
    expect(await indexer.found()).toEqual(['cards', 'looms'])
  })

  it('is made again, and filled with everything, by the next publication', async () => {
    await publish('looms')
    const indexer = started(inQdrant())
    await indexer.catchUp()
    qdrant.collections.clear()
    await publish('cards')
    await indexer.catchUp()
    expect(await indexer.found()).toEqual(['cards', 'looms'])
  })

  it('is noticed by who searches, although nothing was published', async () => {
    await publish('looms')
    const indexer = started(inQdrant())
    await indexer.catchUp()
    qdrant.collections.clear()
    expect(await indexer.behind()).toBe(0)
    expect(await indexer.found()).toEqual(['looms'])
  })

  it('is noticed where it goes while it is being filled', async () => {
    for (const item of ['looms', 'cards', 'threads']) await publish(item)
    let writes = 0
    qdrant.fault = ({ method, path }) => {
      if (method === 'PUT' && path.endsWith('/points') && ++writes === 3) qdrant.collections.clear()
      return undefined
    }
    const indexer = started(inQdrant())
    await indexer.catchUp()
    expect(await indexer.found()).toEqual(['cards', 'looms', 'threads'])
  })

  it('is not looked for again and again where nothing could be embedded', async () => {
    await publish('webstuhl', 'de')
    const indexer = started(inQdrant())
    await indexer.catchUp()
    const collections = [...qdrant.collections.values()]
    await indexer.catchUp()
    expect([...qdrant.collections.values()]).toEqual(collections)
    expect(await indexer.behind()).toBe(0)
  })
})

describe('an item that was erased while another engine was in use', { timeout: 30_000 }, () => {
  /** Two items are in Qdrant. A third comes, and one of them is erased, while the database holds the index. */
  async function erasedMeanwhile() {
    await publish('looms')
    await publish('cards')
    await started(inQdrant()).catchUp()
    await publish('threads')
    await repositories.erase('looms', NOW)
    await started(inDatabase()).catchUp()
    return started(inQdrant())
  }

  it('is never found there, also before the erasure has reached it', async () => {
    const back = await erasedMeanwhile()
    expect(await back.found(), 'it could not be reached').toEqual(['cards', 'looms'])
    expect(await back.served()).toEqual(['cards'])
    qdrant.fault = ({ path }) => (path.endsWith('/points/delete') ? 'drop' : undefined)
    await back.catchUp()
    expect(await back.served()).toEqual(['cards'])
    qdrant.fault = () => undefined
    await back.catchUp()
    const left = ['cards', 'threads']
    expect([await back.found(), await back.served()]).toEqual([left, left])
  })

  it('goes there before anything else is indexed, and once', async () => {
    const back = await erasedMeanwhile()
    qdrant.requests.length = 0
    await back.catchUp()
    const writes = qdrant.requests.flatMap(({ path, body }) =>
      path.includes('/points') ? [`${path.split('/').at(-1)} ${/looms|threads/.exec(JSON.stringify(body))?.[0]}`] : [],
    )
    // A replacement is followed by the deletion of what it did not replace.
    expect(writes).toEqual(['delete looms', 'points threads', 'delete threads'])
  })

  it('is found again once it was given again and that version is indexed, and not before', async () => {
    const back = await erasedMeanwhile()
    await publish('looms')
    expect(await back.served()).toEqual(['cards'])
    await back.catchUp()
    expect(await back.served()).toEqual(['cards', 'looms', 'threads'])
  })
})

describe('how far the index is behind', { timeout: 30_000 }, () => {
  it('is said while it cannot be written, and is nothing once it could', async () => {
    await publish('looms')
    await publish('cards')
    qdrant.fault = ({ method, path }) =>
      method === 'PUT' && path.endsWith('/points') ? { status: 400, body: 'no room' } : undefined
    const indexer = started(inQdrant())
    expect(await indexer.behind()).toBe(2)
    expect(indexer.logged.join()).toMatch(/behind and will be tried again: .*400: no room/)
    qdrant.fault = () => undefined
    expect(await indexer.behind()).toBe(0)
    expect(await indexer.found()).toEqual(['cards', 'looms'])
  })

  it('after closing nothing more is indexed', async () => {
    await publish('looms')
    const indexer = started(inQdrant())
    await indexer.close()
    await indexer.catchUp()
    expect(await indexer.found()).toEqual([])
  })
})

describe('an index that is away', { timeout: 30_000 }, () => {
  it('is tried again by itself until it has caught up, less and less often', async () => {
    await publish('looms')
    const indexer = started(inQdrant())
    qdrant.fault = () => 'drop'
    await indexer.catchUp()
    expect(indexer.trouble()).toMatch(/^Qdrant at http.* cannot be reached/)
    const pauses: unknown[] = []
    for (let tries = 0; tries < 8; tries++) pauses.push(await indexer.elapse())
    expect(pauses).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000])
    expect(indexer.trouble()).not.toBeNull()
    qdrant.fault = () => undefined
    await indexer.elapse()
    expect(await indexer.found()).toEqual(['looms'])
    expect({ trouble: indexer.trouble(), waiting: indexer.waiting }).toEqual({ trouble: null, waiting: [] })
  })

  it('is tried by a publication too, in place of the try that waits, and begins with a short pause when it fails anew', async () => {
    await publish('looms')
    const indexer = started(inQdrant())
    qdrant.fault = () => 'drop'
    await indexer.catchUp()
    await indexer.catchUp()
    expect(indexer.waiting.map(({ ms }) => ms)).toEqual([2000])
    qdrant.fault = () => undefined
    await publish('cards')
    await indexer.catchUp()
    expect(indexer.waiting).toEqual([])
    expect(await indexer.found()).toEqual(['cards', 'looms'])
    qdrant.fault = () => 'drop'
    await indexer.catchUp()
    expect(indexer.waiting.map(({ ms }) => ms)).toEqual([1000])
  })

  it('is left alone after closing', async () => {
    await publish('looms')
    const indexer = started(inQdrant())
    qdrant.fault = () => 'drop'
    await indexer.catchUp()
    await indexer.close()
    expect(indexer.waiting).toEqual([])
  })
})
