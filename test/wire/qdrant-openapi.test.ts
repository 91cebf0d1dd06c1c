import { describe, expect, it } from 'vitest'
import { createQdrantEngine } from '../../src/similarity/qdrant/qdrant-index.ts'
import { point, put } from '../contracts/similarity.ts'
import { readQdrantDescription } from './qdrant-openapi.ts'
import { startQdrantServer, type WireRequest } from './qdrant-server.ts'

const FILE = process.env.LINERNOTES_QDRANT_OPENAPI

/** Every kind of request that the engine makes, with all that can be in it. */
async function talk(): Promise<WireRequest[]> {
  const server = await startQdrantServer()
  const engine = createQdrantEngine({ url: server.url })
  const index = engine.for('t')
  const filter = { kinds: ['talk'], languages: ['en'], topics: ['iab/1'], excludeItems: ['b', 'c'] }
  const query = { space: 'test-embedder@1', vector: [1, 0, 0], limit: 3 }
  await engine.ping()
  await put(index, [point('a', [1, 0, 0]), point('a', [1, 0, 0], { segment: 3, language: null, topics: ['iab/1'] })])
  await index.nearest({ ...query, level: 'item' })
  await index.nearest({ ...query, level: 'segment', filter, withVectors: true })
  await index.replaceItem('a', query.space, [point('a', [0, 1, 0], { textHash: null })])
  await index.nearest({ ...query, level: 'item' })
  await index.remove('a')
  await index.nearest({ ...query, level: 'item', space: 'unknown@1' })
  await server.close()
  return server.requests
}

describe("Qdrant's official API description", () => {
  it('allows every request body that is sent, and every answer of the wire fake', async (ctx) => {
    if (FILE === undefined) return ctx.skip('LINERNOTES_QDRANT_OPENAPI does not name an OpenAPI file')
    const description = readQdrantDescription(FILE)
    const requests = await talk()
    const kinds = new Set<string>()
    for (const { method, path, body, answer } of requests) {
      if (body !== undefined) expect(description.violations('request', method, path, body)).toEqual([])
      if (answer?.status === 200 && path !== '/')
        expect(description.violations('response', method, path, answer.body)).toEqual([])
      kinds.add(`${method} ${path.replace(/^\/collections\/[^/]+/, '/c')}`)
    }
    expect([...kinds].sort()).toEqual([
      'GET /',
      'GET /c',
      'GET /collections',
      'POST /c/points/delete',
      'POST /c/points/query/batch',
      'PUT /c',
      'PUT /c/index',
      'PUT /c/points',
    ])
  })

  it('would object to what the server refuses', (ctx) => {
    if (FILE === undefined) return ctx.skip('LINERNOTES_QDRANT_OPENAPI does not name an OpenAPI file')
    const { violations } = readQdrantDescription(FILE)
    expect(violations('request', 'PUT', '/collections/c/points', { points: [{ id: 1.5, vector: [1] }] })).not.toEqual(
      [],
    )
    expect(violations('request', 'PUT', '/collections/c', { vectors: { size: 0, distance: 'Cosine' } })).not.toEqual([])
    expect(violations('request', 'POST', '/collections/c/points/query/batch', { limit: 'ten' })).not.toEqual([])
    expect(violations('request', 'POST', '/collections/c/nothing', {})).toEqual([
      'POST /collections/c/nothing is no route of Qdrant',
    ])
  })
})
