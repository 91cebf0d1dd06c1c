import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../../src/http/app.ts'
import { isLoopback } from '../../../src/http/requests/request-guards.ts'
import { createSearch } from '../../../src/search/search-items.ts'
import type { Service } from '../../../src/service.ts'
import { SimilarityUnavailable } from '../../../src/similarity/similarity-index.ts'
import { memoryService, silent } from '../../support/service.ts'

let service: Service
beforeAll(async () => {
  service = await memoryService()
})
afterAll(() => service?.close())

const app = (changes: Partial<Service> = {}, log = silent) =>
  createApp({ service: { ...service, ...changes }, log, version: '1.2.3' })
const boundTo = (host: string) => app({ config: { ...service.config, LINERNOTES_HOST: host } })
const ask = (host: string, to: ReturnType<typeof app>) => to.request('/health/live', { headers: { host } })

describe('the guard of requests', () => {
  it.each(['localhost', 'LOCALHOST:8080', '127.0.0.1:8080', '127.0.0.2', '[::1]:8080'])(
    'answers for %s',
    async (host) => expect((await ask(host, app())).status).toBe(200),
  )

  it.each(['attacker.example', 'localhost.attacker.example:8080', '127.0.0.1.nip.example', '192.168.1.4'])(
    'does not answer for %s while it is bound to loopback',
    async (host) => {
      const response = await ask(host, app())
      expect([response.status, response.headers.get('content-type')]).toEqual([421, 'application/problem+json'])
    },
  )

  it('answers for any name if others are allowed in', async () =>
    expect((await ask('notes.example', boundTo('0.0.0.0'))).status).toBe(200))

  it('refuses writes from pages of other sites, and shares reads with none of them', async () => {
    const cancel = (origin: string) =>
      app().request('/v1/runs/x/cancel', { method: 'POST', headers: { host: 'localhost:8080', origin } })
    expect((await cancel('https://attacker.example')).status).toBe(403)
    expect((await cancel('null')).status).toBe(403)
    expect((await cancel('http://localhost:8080')).status).toBe(404)
    const read = await app().request('/v1/items', { headers: { origin: 'https://attacker.example' } })
    expect(read.headers.has('access-control-allow-origin')).toBe(false)
  })

  it('accepts the token of the data folder, and does not need it', async () => {
    const headers = { authorization: 'Bearer abc' }
    expect((await app().request('/v1/items', { headers })).status).toBe(200)
  })

  it('knows loopback addresses', () => {
    expect(['127.0.0.1', '127.9.9.9', 'localhost', '::1'].every(isLoopback)).toBe(true)
    expect(['0.0.0.0', '::', '10.0.0.1', '127.0.0.1.example'].some(isLoopback)).toBe(false)
  })
})

describe('an answer', () => {
  it.each(['/v1/items', '/v1/none', '/openapi.json', '/docs'])(
    'to %s cannot be sniffed, framed or scripted',
    async (path) => {
      const { headers } = await app().request(path)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(/script-src[^;]*/.exec(policy)?.[0] ?? "script-src 'self'").toBe("script-src 'self'")
    },
  )

  it('with the documentation page loads nothing from elsewhere', async () => {
    const page = await (await app().request('/docs')).text()
    const addresses = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address ?? '')
    expect(addresses.length).toBeGreaterThanOrEqual(3)
    for (const address of addresses) {
      expect(address).toMatch(/^\/[^/]/)
      expect((await app().request(address)).status).toBe(200)
    }
    expect(page).not.toMatch(/<script>|style=/)
  })

  it('is logged in one line, without query or body, and at debug for probes', async () => {
    const lines: unknown[] = []
    const logged = app({}, (level, message, fields) => lines.push({ level, message, ...fields }))
    await logged.request('/v1/items?topic=secret')
    await logged.request('/health/live')
    expect(lines).toMatchObject([
      { level: 'info', message: 'request', method: 'GET', path: '/v1/items', status: 200, ms: expect.any(Number) },
      { level: 'debug', path: '/health/live' },
    ])
    expect(JSON.stringify(lines)).not.toContain('secret')
  })

  it('says nothing of an internal error, which is logged in full', async () => {
    const lines: unknown[] = []
    const broken = { ...service.repositories.items, list: () => Promise.reject(new Error('inner workings')) }
    const repositories = { ...service.repositories, items: broken }
    const failing = app({ repositories }, (level, message, fields) => lines.push({ level, message, ...fields }))
    const response = await failing.request('/v1/items')
    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain('inner workings')
    expect(lines[0]).toMatchObject({ level: 'error', error: 'Error: inner workings', stack: expect.any(String) })
  })
})

describe('the health of the service', () => {
  const engine = (ping: Service['similarity']['engine']['ping']) => ({
    similarity: { ...service.similarity, engine: { ...service.similarity.engine, ping } },
  })

  it('says that the service is alive', async () =>
    expect(await (await app().request('/health/live')).json()).toEqual({ status: 'live', version: '1.2.3' }))

  it('is ready if everything answers', async () => {
    const response = await app().request('/health/ready')
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({
      status: 'ready',
      database: { status: 'ok' },
      similarity: { status: 'ok' },
    })
  })

  it('is degraded, which is still ready, if only the similarity index is away', async () => {
    const away = () => Promise.reject(new SimilarityUnavailable('nobody answers at http://qdrant:6333'))
    const response = await app(engine(away)).request('/health/ready')
    expect(response.status).toBe(200)
    const similarity = { status: 'away', detail: 'nobody answers at http://qdrant:6333' }
    expect(await response.json()).toMatchObject({ status: 'degraded', similarity })
  })

  it('is degraded if the similarity index answers again and has not caught up', async () => {
    const similarity = { ...service.similarity, trouble: () => 'no room' }
    const response = await app({ similarity }).request('/health/ready')
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({
      status: 'degraded',
      similarity: { status: 'behind', detail: expect.stringMatching(/not caught up yet.*no room$/) },
    })
  })

  it('is degraded if the similarity index set changes aside, and says which and why', async () => {
    const entries = [{ itemId: 'looms', seq: 3, reason: 'Qdrant refused the request with 400' }]
    const similarity = { ...service.similarity, setAside: async () => ({ total: 1, entries }) }
    const response = await app({ similarity }).request('/health/ready')
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({
      status: 'degraded',
      similarity: {
        status: 'behind',
        detail: expect.stringMatching(
          /^1 change .* set aside: item "looms": Qdrant refused the request with 400; mend/,
        ),
      },
    })
  })

  it('is not ready if the database does not answer', async () => {
    const database = { ...service.database, query: () => Promise.reject(new Error('gone')) }
    const response = await app({ database }).request('/health/ready')
    expect(response.status).toBe(503)
    expect(await response.json()).toMatchObject({ status: 'unavailable', database: { status: 'away', detail: 'gone' } })
  })

  it('lets a search answer 503 if its index is away', async () => {
    const nearestOfEach = () => Promise.reject(new SimilarityUnavailable('nobody answers at http://qdrant:6333'))
    const { embedder, similarity, repositories } = service
    const search = createSearch({
      embedder,
      index: { ...similarity.index, nearestOfEach },
      versionTexts: repositories.versionTexts,
      indexer: { catchUpWhereIdle: async () => false },
    })
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"text":"gardens"}' }
    const response = await app({ search }).request('/v1/search', init)
    expect(await response.json()).toMatchObject({ type: '/problems/similarity-unavailable', status: 503 })
  })
})
