import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeText } from '../../src/content/text.ts'
import { type Database, openDatabase } from '../../src/database/connection.ts'
import { migrate } from '../../src/database/migrate.ts'
import type { Repositories } from '../../src/database/repositories.ts'
import { createRepositories } from '../../src/database/tenant-repositories.ts'
import type { Embedder } from '../../src/models/embedder.ts'
import { createIndexer } from '../../src/runs/indexer.ts'
import { servedIndex } from '../../src/runs/served-index.ts'
import type { Timer } from '../../src/runs/tries.ts'
import { createPgvectorEngine } from '../../src/similarity/pgvector.ts'
import { down, up } from '../../src/similarity/pgvector-schema.ts'
import { createQdrantEngine } from '../../src/similarity/qdrant.ts'
import type { SimilarityEngine, SimilarityIndex } from '../../src/similarity/similarity-index.ts'
import { NOW, sampleDocument, samplePublication, startRun } from '../database/samples.ts'
import { analysis } from '../support/desk.ts'
import { fakeEmbedder } from '../support/fake-embedder.ts'
import { type QdrantServer, startQdrantServer } from '../wire/qdrant-server.ts'

let database: Database
let qdrant: QdrantServer
let tenant: string
let repositories: Repositories
beforeAll(async () => {
  database = await openDatabase({ memory: true })
  await migrate(database, {
    pgvector: {
      up: (db) => up((statement) => sql.raw(statement).execute(db)),
      down: (db) => down((statement) => sql.raw(statement).execute(db)),
    },
  })
}, 60_000)
afterAll(() => database?.close())
beforeEach(async () => {
  qdrant = await startQdrantServer()
  tenant = randomUUID()
  repositories = createRepositories(database).for(tenant)
})
afterEach(() => qdrant.close())

const inQdrant = () => createQdrantEngine({ url: qdrant.url, retryDelaysMs: [] })
const inDatabase = () => createPgvectorEngine({ pool: database })

async function publish(itemId: string, language = 'en') {
  const owner = await startRun(repositories, { tenant, itemId, runId: randomUUID() })
  const title = makeText('title', `On ${itemId}`)
  const sample = sampleDocument(itemId, owner.runId)
  const document = {
    ...sample,
    item: { ...sample.item, language },
    texts: { title: { ...title, chars: title.text.length } },
  }
  await repositories.publish(owner, samplePublication(owner, { document, texts: [title] }))
}

/** What waits, to be called by the test: how long it would have taken, and what then happens. */
function fakeTimer() {
  const waiting: { ms: number; task: () => Promise<void> }[] = []
  const timer: Timer = (ms, task) => {
    const entry = { ms, task }
    waiting.push(entry)
    return () => {
      if (waiting.includes(entry)) waiting.splice(waiting.indexOf(entry), 1)
    }
  }
  /** Lets the time of the next one come. @returns how long it waited. */
  const elapse = async () => {
    const next = waiting.shift()
    await next?.task()
    return next?.ms
  }
  return { timer, waiting, elapse }
}

/** What one process does with the engine and the model that it was started with. */
function started(engine: SimilarityEngine, embedder: Embedder = fakeEmbedder()) {
  const { timer, ...time } = fakeTimer()
  const logged: string[] = []
  const index = engine.for(tenant)
  const indexer = createIndexer({
    repositories,
    index,
    embedder,
    analysis,
    timer,
    log: (message, { error }) => logged.push(`${message}: ${String(error)}`),
  })
  const nearest = async (of: Pick<SimilarityIndex, 'nearest'>) => {
    const [vector = []] = await embedder.embed(['On looms'])
    const near = await of.nearest({ space: embedder.space, vector, limit: 100, level: 'item' })
    return near.map(({ itemId }) => itemId).sort()
  }
  /** What stands there, and what is found by who asks. */
  const found = () => nearest(index)
  const served = () => nearest(servedIndex(index, repositories.outbox))
  return { ...indexer, ...time, found, served, logged }
}

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
    ['the database', inDatabase],
    ['Qdrant', inQdrant],
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
