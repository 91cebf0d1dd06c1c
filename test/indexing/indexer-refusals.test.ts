import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../src/database/engine/connection.ts'
import type { Indexer } from '../../src/indexing/indexer.ts'
import { ModelError } from '../../src/models/chat-model.ts'
import type { Embedder } from '../../src/models/embedder.ts'
import { NOW } from '../database/database-samples.ts'
import { openMemory } from '../database/open-memory.ts'
import { fakeEmbedder } from '../support/fake-embedder.ts'
import { type IndexDesk, openIndexDesk } from '../support/index-desk.ts'
import type { Fault } from '../wire/qdrant-server.ts'

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

describe('a change that is not taken', { timeout: 30_000 }, () => {
  const refused = { status: 400, body: 'Wrong input: no room for this' }
  /** What is written of an item is refused, or fails otherwise. */
  const refuse = (itemId: string, fault: Fault = refused) => {
    qdrant.fault = ({ path, body }) =>
      /\/points(\/delete)?$/.test(path) && JSON.stringify(body).includes(`"${itemId}"`) ? fault : undefined
  }
  const asideIn = async ({ setAside }: Pick<Indexer, 'setAside'>) => (await setAside(10)).entries

  it('is tried again a few times; then it is set aside with its reason, and the others get on', async () => {
    for (const item of ['looms', 'cards', 'threads']) await publish(item)
    refuse('looms')
    const embedder = fakeEmbedder()
    const indexer = started(inQdrant(), embedder)
    const { found } = started(inQdrant())
    await indexer.catchUp()
    expect(indexer.trouble()).toMatch(/400: Wrong input/)
    const pauses: unknown[] = []
    while (indexer.waiting.length > 0) {
      expect([await found(), await asideIn(indexer)]).toEqual([[], []])
      pauses.push(await indexer.elapse())
    }
    expect(pauses).toEqual([1000, 2000, 4000, 8000])
    expect(await found()).toEqual(['cards', 'threads'])
    expect(indexer.trouble()).toBeNull()
    expect(await asideIn(indexer)).toMatchObject([
      { itemId: 'looms', reason: expect.stringMatching(/400: Wrong input/) },
    ])
    expect(await indexer.behind(), 'a search says that there may be more').toBe(1)
    expect(indexer.logged.at(-1)).toMatch(/is set aside: Qdrant at .*400: Wrong input/)
    expect(embedder.texts, 'each is embedded once').toEqual(['On looms', 'On cards', 'On threads'])
  })

  it('counts its tries over processes that come and go', async () => {
    await publish('looms')
    await publish('cards')
    refuse('looms')
    for (let process = 0; process < 5; process++) {
      const short = started(inQdrant())
      expect(await short.found()).toEqual([])
      await short.catchUp()
      await short.close()
    }
    const next = started(inQdrant())
    expect([await next.found(), (await asideIn(next)).length]).toEqual([['cards'], 1])
  })

  it.each<[string, Fault]>([
    ['cannot be reached', 'drop'],
    ['fails', { status: 503, body: 'Shard unavailable' }],
    ['refuses the key', { status: 401, body: 'Invalid API key or JWT' }],
    ['limits the rate', { status: 429, body: '' }],
  ])('is not taken for one where the server %s: nothing is set aside, and the others wait', async (_, fault) => {
    await publish('looms')
    await publish('cards')
    refuse('looms', fault)
    const indexer = started(inQdrant())
    await indexer.catchUp()
    for (let tries = 0; tries < 8; tries++) await indexer.elapse()
    expect([await indexer.found(), await asideIn(indexer)]).toEqual([[], []])
    qdrant.fault = () => undefined
    await indexer.elapse()
    expect([await indexer.found(), await indexer.behind()]).toEqual([['cards', 'looms'], 0])
  })

  it.each([
    ['a text that the embedding model refuses', new ModelError('bad_request', '400 too long'), ['cards'], 1],
    ['an embedding model that is away', new ModelError('unreachable', 'ECONNREFUSED'), [], 0],
  ])('may be %s', async (_, error, found, aside) => {
    await publish('looms')
    await publish('cards')
    const embedder = fakeEmbedder()
    const picky: Embedder = {
      ...embedder,
      embed: (texts) => (texts.includes('On looms') ? Promise.reject(error) : embedder.embed(texts)),
    }
    const indexer = started(inDatabase(), picky)
    await indexer.catchUp()
    for (let tries = 0; tries < 5; tries++) await indexer.elapse()
    const usual = started(inDatabase())
    expect([await usual.found(), (await asideIn(indexer)).length]).toEqual([found, aside])
  })

  /** One that is set aside, by a process that is gone. */
  async function setAside(itemId: string) {
    refuse(itemId)
    const indexer = started(inQdrant())
    await indexer.catchUp()
    while (indexer.waiting.length > 0) await indexer.elapse()
    expect(await asideIn(indexer)).toMatchObject([{ itemId }])
    return started(inQdrant())
  }

  it('is tried once more by who asks for that, and no longer set aside once it is taken', async () => {
    await publish('looms')
    await publish('cards')
    const next = await setAside('looms')
    await next.catchUp({ setAside: true })
    expect([await next.found(), (await asideIn(next)).length, next.trouble()]).toEqual([['cards'], 1, null])
    qdrant.fault = () => 'drop'
    await next.catchUp({ setAside: true })
    qdrant.fault = () => undefined
    await next.elapse()
    expect([await next.found(), await asideIn(next), await next.behind()]).toEqual([['cards', 'looms'], [], 0])
  })

  it('no longer counts once a later version of the item is indexed', async () => {
    await publish('looms')
    const next = await setAside('looms')
    qdrant.fault = () => undefined
    await next.catchUp()
    expect(await asideIn(next)).toHaveLength(1)
    await publish('looms')
    await next.catchUp()
    expect([await next.found(), await asideIn(next)]).toEqual([['looms'], []])
  })

  it('may be an erasure: the item is never found, though it is still there, until it is given again', async () => {
    await publish('looms')
    await publish('cards')
    await started(inQdrant()).catchUp()
    await repositories.erase('looms', NOW)
    const next = await setAside('looms')
    expect([await next.behind(), await next.found(), await next.served()]).toEqual([1, ['cards', 'looms'], ['cards']])
    qdrant.fault = () => undefined
    await publish('looms')
    expect(await next.served()).toEqual(['cards'])
    await next.catchUp()
    expect([await next.served(), await asideIn(next)]).toEqual([['cards', 'looms'], []])
  })
})
