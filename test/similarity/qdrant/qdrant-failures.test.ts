import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createQdrantEngine } from '../../../src/similarity/qdrant/qdrant-index.ts'
import {
  MissingCollection,
  SimilarityError,
  SimilarityRefused,
  SimilarityUnauthorised,
  SimilarityUnavailable,
} from '../../../src/similarity/similarity-index.ts'
import { point, put } from '../../contracts/similarity.ts'
import { type Fault, type QdrantServer, startQdrantServer, type WireRequest } from '../../wire/qdrant-server.ts'

const RETRIES = [0, 0]
const query = { space: 'test-embedder@1', vector: [1, 0, 0], limit: 10, level: 'item' } as const
const jsonHeaders = { 'content-type': 'application/json' }
const error = (status: number, text: string): Fault => ({
  status,
  body: { status: { error: text }, time: 0 },
  headers: jsonHeaders,
})
const result = (body: unknown): Fault => ({
  status: 200,
  body: { result: body, status: 'ok', time: 0 },
  headers: jsonHeaders,
})
const html = (status: number): Fault => ({
  status,
  body: '<html>\n<body>Bad gateway</body></html>',
  headers: { 'content-type': 'text/html' },
})
const open = (url: string) => createQdrantEngine({ url, timeoutMs: 2000, retryDelaysMs: RETRIES })

/** All calls of the port, each of which must fail in the same way. */
const calls = (url: string): Record<string, () => Promise<unknown>> => ({
  ping: () => open(url).ping(),
  nearest: () => open(url).for('t').nearest(query),
  remove: () => open(url).for('t').remove('a'),
  replaceItem: () =>
    open(url)
      .for('t')
      .replaceItem('a', query.space, [point('a', [1, 0, 0])]),
})

describe('when Qdrant is not as it should be', () => {
  let server: QdrantServer
  beforeEach(async () => {
    server = await startQdrantServer()
    await put(open(server.url).for('t'), [point('a', [1, 0, 0])])
    server.requests.length = 0
  })
  afterEach(() => server.close())

  async function caught(call: () => Promise<unknown>): Promise<SimilarityError> {
    try {
      await call()
    } catch (thrown) {
      if (thrown instanceof SimilarityError) return thrown
      throw thrown
    }
    throw new Error('did not throw')
  }

  it.each<[string, Fault, new (message: string) => SimilarityError, RegExp]>([
    [
      'a wrong key',
      { status: 401, body: 'Invalid API key or JWT' },
      SimilarityUnauthorised,
      /401: Invalid API key.*QDRANT_API_KEY/,
    ],
    [
      'a forbidden call',
      error(403, 'Forbidden: Global manage access is required'),
      SimilarityUnauthorised,
      /Global manage access/,
    ],
    ['an expired token', { status: 403, body: 'ExpiredSignature' }, SimilarityUnauthorised, /ExpiredSignature/],
    [
      'a rate limit in seconds',
      { ...rateLimit(), headers: { ...jsonHeaders, 'retry-after': '20' } },
      SimilarityUnavailable,
      /limits the rate/,
    ],
    [
      'a rate limit until a date',
      { ...rateLimit(), headers: { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' } },
      SimilarityUnavailable,
      /limits the rate/,
    ],
    ['a rate limit without a time', rateLimit(), SimilarityUnavailable, /limits the rate/],
    [
      'a timeout of its own',
      error(
        500,
        "Service internal error: 1 of 1 read operations failed:\n  Timeout error: Operation 'Search' timed out after 999.9ms",
      ),
      SimilarityUnavailable,
      /500: Service internal error: .* Timeout error/,
    ],
    ['a shard that is away', error(503, 'Shard unavailable'), SimilarityUnavailable, /503/],
    [
      'strict mode',
      error(400, 'Bad request: Limit exceeded. Help: …'),
      SimilarityRefused,
      /400: Bad request: Limit exceeded/,
    ],
    ['a page of a proxy', html(200), SimilarityUnavailable, /something else than Qdrant/],
    ['a broken gateway', html(502), SimilarityUnavailable, /failed with 502 \(/],
    ['an unknown route', { status: 404 }, SimilarityUnavailable, /check that QDRANT_URL is a Qdrant/],
    ['an empty result', result(null), SimilarityUnavailable, /something else than Qdrant/],
    [
      'another service with JSON',
      { status: 200, body: { hello: 'world' }, headers: jsonHeaders },
      SimilarityUnavailable,
      /something else/,
    ],
    ['an accepted, later', { status: 202, body: '' }, SimilarityUnavailable, /something else/],
    ['JSON that stops in the middle', 'cut', SimilarityUnavailable, /something else/],
  ])('names %s, whatever is called', async (_, fault, expected, message) => {
    server.fault = () => fault
    for (const [name, call] of Object.entries(calls(server.url))) {
      const thrown = await caught(call)
      expect(thrown, name).toBeInstanceOf(expected)
      expect(thrown.message).toMatch(message)
      expect(thrown.message, 'one line, in words of ours').not.toMatch(/\n|<html|Invalid input|uninitialized|"code"/)
      expect(thrown.cause, 'the cause is kept').toBeDefined()
    }
    expect(server.requests, 'none was repeated').toHaveLength(4)
  })
  function rateLimit() {
    return { status: 429, body: { status: { error: 'Rate limiting exceeded' }, time: 0 }, headers: jsonHeaders }
  }

  it('names a server that cannot be reached', async () => {
    await server.close()
    for (const call of Object.values(calls(server.url))) {
      const thrown = await caught(call)
      expect(thrown).toBeInstanceOf(SimilarityUnavailable)
      expect(thrown.message).toMatch(/cannot be reached.*ECONNREFUSED.*check QDRANT_URL/)
    }
  })

  it('names a server that does not answer in time, and does not wait again', async () => {
    server.fault = () => 'hang'
    const hurried = createQdrantEngine({ url: server.url, timeoutMs: 1000, retryDelaysMs: RETRIES })
    const thrown = await caught(() => hurried.for('t').nearest(query))
    expect(thrown).toBeInstanceOf(SimilarityUnavailable)
    expect(thrown.message).toMatch(/within 1000 ms.*looking at collection/)
    expect(server.requests).toHaveLength(1)
  })

  it('asks for the key where it is missing, although the version is open to all', async () => {
    const locked = await startQdrantServer({ apiKey: 'secret' })
    const thrown = await caught(() => open(locked.url).ping())
    expect(thrown).toBeInstanceOf(SimilarityUnauthorised)
    expect(thrown.message).toMatch(/Must provide an API key/)
    await locked.close()
  })

  it('repeats a request whose connection broke, and ends with the right points', async () => {
    let broken = 2
    server.fault = ({ path }) => (path.endsWith('/points') && broken-- > 0 ? 'drop' : undefined)
    const index = open(server.url).for('t')
    await put(index, [point('b', [1, 0, 0])])
    expect(broken).toBe(-1)
    expect((await index.nearest(query)).map(({ itemId }) => itemId)).toEqual(['a', 'b'])
  })

  it('repeats no more often than it has pauses', async () => {
    server.fault = () => 'drop'
    expect(await caught(() => open(server.url).for('t').nearest(query))).toBeInstanceOf(SimilarityUnavailable)
    expect(server.requests).toHaveLength(1 + RETRIES.length)
  })

  it.each(['wait_timeout', 'acknowledged'])('does not take a write for done that is only %s', async (status) => {
    const late = (end: string) => (request: WireRequest) =>
      request.path.endsWith(end) ? result({ operation_id: 1, status }) : undefined
    const index = open(server.url).for('t')
    for (const [end, call] of [
      ['/points', () => put(index, [point('b', [1, 0, 0])])],
      ['/points/delete', () => index.remove('a')],
      ['/points/delete', () => index.replaceItem('a', query.space, [])],
      ['/index', () => put(index, [point('b', [1, 0, 0], { space: 'fresh@1' })])],
    ] as const) {
      server.fault = late(end)
      const thrown = await caught(call)
      expect(thrown).toBeInstanceOf(SimilarityUnavailable)
      expect(thrown.message).toContain(status)
    }
    server.fault = () => undefined
    await put(index, [point('b', [1, 0, 0], { space: 'fresh@1' })])
    expect(await index.nearest({ ...query, space: 'fresh@1' })).toHaveLength(1)
  })

  it('makes a collection again that was dropped in the middle of a batch, and writes all of the batch', async () => {
    const index = open(server.url).for('t')
    await put(index, [point('before', [1, 0, 0])])
    let batches = 0
    server.fault = ({ path }) => {
      if (path.endsWith('/points') && ++batches === 2) server.collections.clear()
      return undefined
    }
    await put(
      index,
      Array.from({ length: 600 }, (_, segment) => point('long', [1, 0, 0], { segment })),
    )
    expect(await index.nearest({ ...query, level: 'segment', limit: 1000 })).toHaveLength(600)
  })

  it('gives up on a collection that is dropped again and again', async () => {
    const index = open(server.url).for('t')
    server.fault = ({ path }) => {
      if (path.endsWith('/points')) server.collections.clear()
      return undefined
    }
    const thrown = await caught(() => put(index, [point('b', [1, 0, 0])]))
    expect(thrown).toBeInstanceOf(MissingCollection)
    expect(thrown.message).toMatch(/doesn't exist/)
  })

  it('removes what is there when a collection goes away meanwhile', async () => {
    const index = open(server.url).for('t')
    await put(index, [point('a', [1, 0, 0], { space: 'second@1' })])
    server.fault = ({ path }) => {
      const name = decodeURIComponent(path.split('/')[2] ?? '')
      if (path.endsWith('/delete') && name.includes('test-embedder')) server.collections.delete(name)
      return undefined
    }
    await index.remove('a')
    expect(await index.nearest({ ...query, space: 'second@1' })).toEqual([])
  })

  it('refuses a collection under its name that somebody made in another form', async () => {
    server.fault = ({ method, path }) =>
      method === 'GET' && path.startsWith('/collections/')
        ? result({ config: { params: { vectors: { text: { size: 3, distance: 'Cosine' } } } }, payload_schema: {} })
        : undefined
    const thrown = await caught(() => open(server.url).for('t').nearest(query))
    expect(thrown).toBeInstanceOf(SimilarityRefused)
    expect(thrown.message).toMatch(/another QDRANT_COLLECTION_PREFIX/)
  })

  it('goes on after a failure as if nothing had been', async () => {
    const index = open(server.url).for('t')
    server.fault = () => error(503, 'Shard unavailable')
    await caught(() => put(index, [point('b', [1, 0, 0])]))
    server.fault = () => undefined
    await put(index, [point('b', [1, 0, 0])])
    expect(await index.nearest(query)).toHaveLength(2)
  })
})
