import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createQdrantEngine } from '../../../src/similarity/qdrant/qdrant-index.ts'
import { type SimilarityEngine, SimilarityUnavailable } from '../../../src/similarity/similarity-index.ts'
import { point, put, similarityContract } from '../../contracts/similarity.ts'
import { type QdrantServer, startQdrantServer } from '../../wire/qdrant-server.ts'
import { isObject } from '../../wire/qdrant-store.ts'

describe('the contract, on the wire', async () => {
  const server = await startQdrantServer({ apiKey: 'secret' })
  afterAll(() => server.close())

  similarityContract('Qdrant, a wire fake', async () => {
    const engine = createQdrantEngine({ url: server.url, apiKey: 'secret' })
    return { engine, dispose: () => engine.close() }
  })

  it('was passed without a filter on an unindexed key, a compressed answer, or a write that nobody waited for', () => {
    expect([...server.unindexed]).toEqual([])
    expect(server.requests.length).toBeGreaterThan(200)
    for (const { method, path, query, headers } of server.requests) {
      expect(headers['accept-encoding']).toBe('identity')
      if (/\/(points|index|points\/delete)$/.test(path))
        expect([method, path, query.get('wait')]).toEqual([method, path, 'true'])
    }
  })
})

describe('what Qdrant is sent', () => {
  let server: QdrantServer
  let engine: SimilarityEngine
  beforeEach(async () => {
    server = await startQdrantServer()
    engine = createQdrantEngine({ url: server.url })
  })
  afterEach(() => server.close())
  const query = { space: 'test-embedder@1', vector: [1, 0, 0], limit: 10, level: 'item' } as const
  const sent = (method: string, end: string) =>
    server.requests.filter((request) => request.method === method && request.path.endsWith(end)).map(({ body }) => body)

  it('makes a collection that says what it holds, and its indexes before the first point', async () => {
    await put(engine.for('t'), [point('a', [1, 0, 0])])
    const [[name, collection] = ['', undefined]] = server.collections
    expect(name).toMatch(/^linernotes\.test-embedder-1\.[0-9a-f]{16}$/)
    expect(collection).toMatchObject({ size: 3, distance: 'Cosine', metadata: { space: 'test-embedder@1' } })
    expect(Object.fromEntries(collection?.indexes ?? [])).toEqual({
      tenant: { type: 'keyword', is_tenant: true },
      ...Object.fromEntries(
        ['item', 'level', 'kind', 'language_ranges', 'topics', 'words'].map((field) => [field, { type: 'keyword' }]),
      ),
    })
    const order = server.requests.map(({ method, path }) => `${method} ${path.replace(name, 'c')}`)
    expect(order.lastIndexOf('PUT /collections/c/index')).toBeLessThan(order.indexOf('PUT /collections/c/points'))
  })

  it('does not mind that others make the same collection at the same moment', async () => {
    const racers = Array.from({ length: 5 }, () => createQdrantEngine({ url: server.url }))
    let waiting: (() => void)[] = []
    server.fault = ({ method, path }) => {
      if (method !== 'PUT' || !/^\/collections\/[^/]+$/.test(path)) return undefined
      return new Promise((resolve) => {
        waiting.push(() => resolve(undefined))
        if (waiting.length < racers.length) return
        for (const release of waiting) release()
        waiting = []
      })
    }
    await Promise.all(racers.map((racer, i) => put(racer.for('t'), [point(`item-${i}`, [1, 0, 0])])))
    expect(await engine.for('t').nearest(query)).toHaveLength(racers.length)
    const refused = server.requests.filter(({ answer }) => answer?.status === 409)
    expect(refused, 'all but one came too late').toHaveLength(racers.length - 1)
  })

  it('completes a collection whose maker stopped half-way', async () => {
    await put(engine.for('t'), [point('a', [1, 0, 0])])
    const [collection] = server.collections.values()
    collection?.indexes.delete('kind')
    collection?.indexes.set('language_ranges', { type: 'integer' })
    await put(createQdrantEngine({ url: server.url }).for('t'), [point('b', [1, 0, 0])])
    expect(collection?.indexes.get('kind')).toEqual({ type: 'keyword' })
    expect(collection?.indexes.get('language_ranges')).toEqual({ type: 'keyword' })
  })

  it('sends batches of at most 256 points, fewer where vectors are long, components rounded to 7 digits', async () => {
    await put(
      engine.for('t'),
      Array.from({ length: 600 }, (_, segment) => point('a', [1, 2, 3], { segment })),
    )
    const sizes = () =>
      sent('PUT', '/points').map((body) => (isObject(body) && Array.isArray(body.points) ? body.points.length : 0))
    expect(sizes()).toEqual([256, 256, 88])
    expect(sent('PUT', '/points')[2]).toMatchObject({
      points: Array.from({ length: 88 }, () => ({ vector: [0.2672612, 0.5345225, 0.8017837] })),
    })
    const long = Array.from({ length: 8000 }, () => 1)
    await put(
      engine.for('t'),
      Array.from({ length: 70 }, (_, segment) => point('a', long, { segment, space: 'long@1' })),
    )
    expect(sizes().slice(3)).toEqual([62, 8])
  })

  it('deletes by a filter that names tenant and item, stale points only after the new ones stand', async () => {
    const index = engine.for('t')
    await put(index, [point('a', [1, 0, 0]), point('a', [1, 0, 0], { segment: 0 }), point('b', [1, 0, 0])])
    server.requests.length = 0
    await index.replaceItem('a', 'test-embedder@1', [point('a', [0, 1, 0])])
    await index.remove('a')
    const named = [
      { key: 'tenant', match: { value: 't' } },
      { key: 'item', match: { value: 'a' } },
    ]
    const [first, second] = sent('POST', '/points/delete')
    expect(first).toEqual({
      filter: { must: named, must_not: [{ has_id: [expect.stringMatching(/^[0-9a-f-]{36}$/)] }] },
    })
    expect(second).toEqual({ filter: { must: named } })
    const order = server.requests.map(({ path }) => path.split('/').at(-1))
    expect(order.indexOf('delete')).toBeGreaterThan(order.lastIndexOf('points'))
  })

  it('never deletes without a tenant and an item', async () => {
    await put(engine.for('t'), [point('a', [1, 0, 0])])
    server.requests.length = 0
    expect(() => engine.for('')).toThrow(TypeError)
    await expect(engine.for('t').remove('')).rejects.toThrow(TypeError)
    await expect(engine.for('t').replaceItem('', 'test-embedder@1', [])).rejects.toThrow(TypeError)
    expect(sent('POST', '/points/delete')).toEqual([])
    expect(await engine.for('t').nearest(query)).toHaveLength(1)
  })

  it('leaves collections alone that are not its own', async () => {
    await put(createQdrantEngine({ url: server.url, collectionPrefix: 'linernotes-staging' }).for('t'), [
      point('a', [1, 0, 0]),
    ])
    server.collections.set('linernotes.by-hand', {
      size: 3,
      distance: 'Cosine',
      metadata: {},
      indexes: new Map(),
      points: new Map(),
      queued: [],
    })
    await put(engine.for('t'), [point('a', [1, 0, 0])])
    server.requests.length = 0
    await engine.for('t').remove('a')
    expect(sent('POST', '/points/delete')).toHaveLength(1)
    expect([...server.collections.values()].map(({ points }) => points.size)).toEqual([1, 0, 0])
  })

  it('keeps installations with prefixes of their own apart, also where their items have the same ids', async () => {
    const other = createQdrantEngine({ url: server.url, collectionPrefix: 'linernotes-staging' }).for('t')
    await put(engine.for('t'), [point('a', [1, 0, 0], { version: 1 })])
    await put(other, [point('a', [1, 0, 0], { version: 2 })])
    await other.replaceItem('a', 'test-embedder@1', [])
    expect(await other.nearest(query)).toEqual([])
    expect(await engine.for('t').nearest(query)).toMatchObject([{ itemId: 'a', payload: { version: 1 } }])
  })

  it('leaves out hits that it cannot have written', async () => {
    const index = engine.for('t')
    await put(index, [point('a', [1, 0, 0])])
    const [collection] = server.collections.values()
    const [stored] = collection?.points.values() ?? []
    if (stored === undefined) throw new Error('nothing was stored')
    collection?.points.set('broken', { ...stored, id: 'broken', vector: [Number.POSITIVE_INFINITY, 0, 0] })
    collection?.points.set('foreign', { ...stored, id: 'foreign', payload: { tenant: 't', level: 'item', title: 'x' } })
    expect((await index.nearest(query)).map(({ itemId }) => itemId)).toEqual(['a'])
  })

  it('asks once for a space, and again after its collection went away', async () => {
    const index = engine.for('t')
    expect(await index.nearest(query)).toEqual([])
    await put(index, [point('a', [1, 0, 0])])
    await index.nearest(query)
    const before = server.requests.length
    await index.nearest(query)
    expect(server.requests.length).toBe(before + 1)
    server.collections.clear()
    expect(await index.nearest(query)).toEqual([])
    await put(index, [point('b', [1, 0])])
    expect(await index.nearest({ ...query, vector: [1, 0] })).toHaveLength(1)
  })

  it('gives a collection another name as holder when it had to be made again, whoever made it', async () => {
    const index = engine.for('t')
    expect(await index.holder('test-embedder@1')).toBeNull()
    const first = await index.prepare('test-embedder@1', 3)
    expect(first).toMatch(/^qdrant linernotes\.test-embedder-1\.[0-9a-f]{16} [0-9a-f-]{36} words$/)
    server.collections.clear()
    await put(createQdrantEngine({ url: server.url }).for('t'), [point('a', [1, 0, 0])])
    const second = await index.holder('test-embedder@1')
    expect(second).not.toBe(first)
    expect(await index.prepare('test-embedder@1', 3)).toBe(second)
    expect(await index.nearest(query)).toHaveLength(1)
  })

  it('knows a collection without a mark by its server', async () => {
    const index = engine.for('t')
    await index.prepare('test-embedder@1', 3)
    for (const metadata of [{ space: 'test-embedder@1' }, undefined, 'a note']) {
      for (const collection of server.collections.values()) collection.metadata = metadata
      expect(await index.holder('test-embedder@1')).toMatch(new RegExp(` ${server.url} words$`))
    }
  })

  it('keeps the path of a url, and prints nothing', async () => {
    const printed = vi.spyOn(console, 'warn')
    const behind = createQdrantEngine({ url: `${server.url}/vectors/`, apiKey: 'secret' })
    await expect(behind.ping()).rejects.toBeInstanceOf(SimilarityUnavailable)
    expect(server.requests.at(-1)).toMatchObject({ path: '/vectors/', headers: { 'api-key': 'secret' } })
    expect(printed).not.toHaveBeenCalled()
  })

  it.each(['', 'qdrant:6333', 'ftp://127.0.0.1', 'http://', 'http://key@127.0.0.1:6333'])(
    'refuses the url %j',
    (url) => {
      expect(() => createQdrantEngine({ url })).toThrow(/QDRANT_URL/)
    },
  )

  it.each(['', 'a.b', 'a/b', 'ä', 'Upper', 'a'.repeat(41)])('refuses the collection prefix %j', (collectionPrefix) => {
    expect(() => createQdrantEngine({ url: server.url, collectionPrefix })).toThrow(/prefix/)
  })
})
