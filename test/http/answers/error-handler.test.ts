import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../../src/http/app.ts'
import { ProblemDocument } from '../../../src/http/schemas/problem-schemas.ts'
import type { Service } from '../../../src/service.ts'
import { type CheckedApp, checkedApp } from '../../support/checked-app.ts'
import { memoryService, silent } from '../../support/service.ts'

const LIMIT = 64 * 1024
let service: Service
let app: CheckedApp

beforeAll(async () => {
  service = await memoryService({ LINERNOTES_MAX_BODY_BYTES: String(LIMIT) })
  app = await checkedApp(createApp({ service, log: silent, version: '1.2.3' }))
})
afterAll(() => service?.close())

const talk = (members: object = {}) => ({ kind: 'talk', title: 'x', ...members })

async function problemOf(response: Response) {
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  const problem = ProblemDocument.parse(await response.json())
  expect(problem.status).toBe(response.status)
  expect(JSON.stringify(problem)).not.toMatch(/\.ts:\d+|node_modules|at async/)
  for (const told of [problem.detail, ...(problem.errors ?? []).map(({ message }) => message)])
    expect(told, 'in words of ours').not.toMatch(/Invalid |expected |received|NaN|Too (?:small|big)|Unrecognized/)
  return problem
}

describe('the body of a request', () => {
  it.each([
    ['not JSON', '{"kind": talk}', 400, 'not-json'],
    ['nothing', '', 400, 'not-json'],
    ['JSON that breaks off', '{"kind":"talk"', 400, 'not-json'],
    ['200,000 arrays deep', '['.repeat(20_000) + ']'.repeat(20_000), 400, 'too-deep'],
    ['too deep where any JSON is allowed', `{"extra":${'['.repeat(100)}${']'.repeat(100)}}`, 400, 'too-deep'],
    ['null', 'null', 422, 'schema'],
    ['a list', '[]', 422, 'schema'],
    ['larger than the limit', JSON.stringify(talk({ description: 'a'.repeat(LIMIT) })), 413, 'too-large'],
  ])('is refused if it is %s', async (_, body, status, name) => {
    const response = await app.post('/v1/items', body)
    expect(response.status).toBe(status)
    expect((await problemOf(response)).type).toBe(`/problems/${name}`)
  })

  it('is not read further if it does not give its length and is too large', async () => {
    let pulled = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1024
        controller.enqueue(new Uint8Array(1024).fill(0x20))
      },
    })
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: endless,
      duplex: 'half' as const,
    }
    expect((await app.request('/v1/items', init)).status).toBe(413)
    expect(pulled).toBeLessThan(LIMIT * 2)
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', ''])(
    'is refused with the content type "%s"',
    async (type) => {
      const response = await app.post('/v1/items', talk(), { 'content-type': type })
      expect((await problemOf(response)).type).toBe('/problems/not-json-type')
    },
  )

  it('is refused if it is not UTF-8', async () => {
    const headers = { 'content-type': 'application/json' }
    const response = await app.request('/v1/items', {
      method: 'POST',
      headers,
      body: new Uint8Array([0x22, 0xff, 0x22]),
    })
    expect(await problemOf(response)).toMatchObject({ status: 400, detail: 'the body is not UTF-8' })
  })

  it('is answered with every mistake by JSON pointer', async () => {
    const body = talk({ kind: 'opera', durationMs: -1, transcripts: [{}], parent: { 'a/b~c': 1 }, colour: 'red' })
    const problem = await problemOf(await app.post('/v1/items', body))
    expect(problem.type).toBe('/problems/schema')
    const pointers = (problem.errors ?? []).map(({ pointer }) => pointer)
    expect(pointers.sort()).toEqual(['/colour', '/durationMs', '/kind', '/parent/a~1b~0c', '/transcripts/0'])
    const transcript = problem.errors?.find(({ pointer }) => pointer === '/transcripts/0')
    expect(transcript?.message).toBe('a transcript has either "text" or "url"')
  })

  it.each([
    ['/v1/search', { text: ' ' }, '/text', 'must not be empty'],
    ['/v1/search', {}, '/text', 'is missing; it must be a string'],
    ['/v1/search', { text: 'a', limit: 51 }, '/limit', 'must be a whole number from 1 to 50'],
    [
      '/v1/search',
      { text: 'a', filters: { kinds: ['opera'] } },
      '/filters/kinds/0',
      /^must be one of podcast_episode, talk/,
    ],
    [
      '/v1/search',
      { text: 'a', filters: { kind: 'talk' } },
      '/filters/kind',
      'is not known; there are kinds, languages, topics',
    ],
    ['/v1/search', [], '', 'must be an object'],
    ['/v1/items', talk({ explicit: 'no' }), '/explicit', 'must be true or false'],
    ['/v1/items', talk({ publishedAt: '2026-01-31' }), '/publishedAt', /^must be a time with its zone, such as /],
    ['/v1/items', talk({ chapters: [{ title: 'One' }] }), '/chapters/0/startMs', /or null where no time is known$/],
    ['/v1/prune', { keepPerItem: -1 }, '/keepPerItem', 'must be a whole number from 0 to 1000000'],
    ['/v1/reviews/x', { action: 'approve', by: '' }, '/by', 'must not be empty'],
    ['/v1/runs/x/fork', { live: 'all' }, '/live', 'must be "chat"'],
    ['/v1/runs/x/replay', { allow: 'all' }, '/allow', 'must be a list'],
  ])('of POST %s with %j is answered with what is allowed at %s', async (path, body, pointer, message) => {
    const problem = await problemOf(await app.post(path, body))
    expect(problem).toMatchObject({ status: 422, errors: [{ pointer, message: expect.stringMatching(message) }] })
    expect(problem.detail.startsWith(`${pointer || 'the body'}: `)).toBe(true)
  })
})

describe('the parameters of a request', () => {
  it('are answered with the efforts that there are', async () => {
    const problem = await problemOf(await app.post('/v1/items?effort=max', talk()))
    expect(problem).toMatchObject({ status: 400, errors: [{ parameter: 'effort' }] })
    expect(problem.detail).toContain('quick, standard, thorough')
  })

  it.each([
    ['/v1/items?facets=topics,colours', 'facets'],
    ['/v1/items?efort=quick', 'efort'],
    ['/v1/items?fetch=perhaps', 'fetch'],
  ])('are refused in POST %s', async (path, parameter) => {
    const problem = await problemOf(await app.post(path, talk()))
    expect(problem).toMatchObject({ status: 400, errors: [{ parameter }] })
  })

  it.each([
    ['/v1/items?limit=abc', 'limit', 'must be a whole number from 1 to 200'],
    ['/v1/items?limit=201', 'limit', 'must be a whole number from 1 to 200'],
    ['/v1/items?limit=', 'limit', 'must be a whole number from 1 to 200'],
    ['/v1/items?limit=5&limit=6', 'limit', 'is given more than once; give it once'],
    ['/v1/items?kind=opera', 'kind', 'must be one of podcast_episode, talk, audiobook_chapter, song, video'],
    ['/v1/items?sort=new', 'sort', 'is not known; there are idPrefix, kind, status, topic, limit, cursor'],
    ['/v1/runs?since=yesterday', 'since', 'must be a time with its zone, such as 2026-01-31T08:00:00Z'],
    ['/v1/runs?costOver=-1', 'costOver', 'give an amount in US dollars, 0 or more'],
    ['/v1/items/x/understanding?version=first', 'version', 'must be a whole number from 1'],
    ['/v1/items/x/why', 'pointer', 'give a JSON pointer into the document, such as /topics/0'],
    ['/v1/runs/x/recording?redact=perhaps', 'redact', 'must be true or false'],
  ])('of GET %s are answered with what "%s" may be', async (path, parameter, message) => {
    const problem = await problemOf(await app.request(path))
    expect(problem).toMatchObject({ status: 400, detail: `${parameter}: ${message}`, errors: [{ parameter, message }] })
  })

  it('are refused if an idempotency key is invalid', async () => {
    const response = await app.post('/v1/items', talk(), { 'idempotency-key': 'k'.repeat(256) })
    expect(await problemOf(response)).toMatchObject({ status: 400, errors: [{ parameter: 'idempotency-key' }] })
  })

  it.each([
    ['/v1/items?kind=opera'],
    ['/v1/items?limit=0'],
    ['/v1/items?limit=many'],
    ['/v1/items?cursor=%7B%7D'],
    ['/v1/runs?since=yesterday'],
    ['/v1/runs?cursor=abc'],
    ['/v1/reviews?cursor=abc'],
    ['/v1/changes?after=-1'],
    ['/v1/changes?after='],
    ['/v1/changes?after=%20'],
    ['/v1/runs?costOver='],
    ['/v1/items/x/understanding?format=pdf'],
    ['/v1/items/x/understanding?version=first'],
    ['/v1/items/x/understanding/versions?cursor=abc'],
  ])('are refused in GET %s', async (path) => expect((await problemOf(await app.request(path))).status).toBe(400))
})

describe('the address of a request', () => {
  it.each([
    ['/v1/items/none', 'there is no item "none"'],
    ['/v1/items/none/understanding', 'there is no item "none"'],
    ['/v1/items/none/understanding/versions', 'there is no item "none"'],
    ['/v1/items/none/similar', 'there is no item "none"'],
    ['/v1/runs/none', 'there is no run "none"'],
    ['/v1/runs/none/steps', 'there is no run "none"'],
    ['/v1/runs/none/exchanges/topics.0.chat.0', 'there is no run "none"'],
    ['/v1/nothing', '/openapi.json'],
    ['/docs/../package.json', '/openapi.json'],
    ['/docs/package.json', 'there is no'],
  ])('is answered with 404: %s', async (path, detail) => {
    const problem = await problemOf(await app.request(path))
    expect(problem.status).toBe(404)
    expect(problem.detail).toContain(detail)
  })

  it('is answered with what programs can ask next, and with links for readers of a page', async () => {
    expect((await problemOf(await app.request('/v1/runs/none'))).detail).toBe(
      'there is no run "none"; GET /v1/runs lists them',
    )
    const page = await (await app.request('/runs/none', { headers: { accept: 'text/html' } })).text()
    expect(page).toContain('there is no run')
    expect(page).toContain('href="/runs"')
    expect(page).not.toContain('GET /v1')
  })

  it.each([
    ['DELETE', '/v1/items', 'POST, GET, HEAD, OPTIONS'],
    ['PUT', '/v1/items/a%2Fb', 'GET, HEAD, DELETE, OPTIONS'],
    ['GET', '/v1/search', 'POST, OPTIONS'],
    ['GET', '/v1/runs/x/cancel', 'POST, OPTIONS'],
    ['POST', '/items', 'GET, HEAD, OPTIONS'],
  ])('is refused with the method %s: %s', async (method, path, allow) => {
    const response = await app.request(path, { method })
    expect([response.status, response.headers.get('allow')]).toEqual([405, allow])
    expect((await problemOf(response)).type).toBe('/problems/method-not-allowed')
  })

  it.each([
    ['/v1/search', 'POST, OPTIONS'],
    ['/v1/items', 'POST, GET, HEAD, OPTIONS'],
    ['/v1/items/a%2Fb', 'GET, HEAD, DELETE, OPTIONS'],
    ['/openapi.json', 'GET, HEAD, OPTIONS'],
    ['/runs/x/replay', 'GET, HEAD, POST, OPTIONS'],
  ])('tells OPTIONS %s what it accepts, and opens it to no other site', async (path, allow) => {
    const headers = { accept: 'text/html', 'access-control-request-method': 'POST' }
    const response = await app.request(path, { method: 'OPTIONS', headers })
    expect([response.status, response.headers.get('allow'), await response.text()]).toEqual([204, allow, ''])
    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([])
  })

  it('is answered with 404 to OPTIONS too if it does not exist', async () => {
    expect((await app.request('/v1/nothing', { method: 'OPTIONS' })).status).toBe(404)
  })

  it.each([
    ['GET', '/v1/items/'],
    ['DELETE', '/v1/items/'],
    ['GET', '/v1/runs/'],
    ['GET', '/v1/runs/x/'],
    ['GET', '/v1/runs//steps'],
    ['POST', '/v1/reviews/'],
  ])('is answered with 404 to %s %s: a slash is no id, and the answer does not list methods', async (method, path) => {
    const response = await app.request(path, { method })
    expect([response.status, response.headers.get('allow')]).toEqual([404, null])
    expect((await problemOf(response)).detail).toContain(`there is no ${path}`)
  })

  it('ends without a slash for programs, and the answer says so', async () => {
    const { detail } = await problemOf(await app.request('/v1/items/'))
    expect(detail).toBe('there is no /v1/items/; the address ends without a slash')
  })

  it.each([
    ['/items/', '/items'],
    ['/items/a%2Fb/?version=2', '/items/a%2Fb?version=2'],
    ['/runs//', '/runs'],
    ['/docs/', '/docs'],
  ])('leads from the page %s to %s', async (path, location) => {
    const response = await app.request(path, { headers: { accept: 'text/html' } })
    expect([response.status, response.headers.get('location')]).toEqual([308, location])
  })

  it.each(['//elsewhere.example/', '//elsewhere.example/items/', '//items/'])(
    'never leads to another host: %s',
    async (path) => expect((await app.request(`http://localhost${path}`)).status).toBe(404),
  )

  it('accepts HEAD wherever it accepts GET', async () => {
    const response = await app.request('/health/live', { method: 'HEAD' })
    expect([response.status, await response.text()]).toEqual([200, ''])
  })

  it('is answered with 404 if there is nothing to cancel or to decide', async () => {
    expect((await app.request('/v1/runs/none/cancel', { method: 'POST' })).status).toBe(404)
    const decision = { action: 'approve', by: 'me' }
    expect((await problemOf(await app.post('/v1/reviews/none', decision))).detail).toContain('GET /v1/reviews')
    const amend = await problemOf(await app.post('/v1/reviews/none', { ...decision, action: 'amend' }))
    expect(amend.errors?.[0]?.pointer).toBe('/value')
  })
})
