import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { problemOf } from '../../../src/http/answers/error-handler.ts'
import { createApp } from '../../../src/http/app.ts'
import { ProblemDocument } from '../../../src/http/schemas/problem-schemas.ts'
import { type Listening, serve } from '../../../src/http/serve.ts'
import type { Service } from '../../../src/service.ts'
import { memoryService, silent } from '../../support/service.ts'

const Operation = z.looseObject({ requestBody: z.looseObject({ required: z.boolean() }).optional() })
const Document = z.looseObject({ paths: z.record(z.string(), z.record(z.string(), Operation)) })

type Send = (path: string, init: RequestInit) => Promise<Response>

let service: Service
let listening: Listening
/** The same requests to a server, and inside this process, as commands send them. */
let senders: Record<'server' | 'process', Send>
let routes: { path: string; method: string; body: 'required' | 'optional' | 'none' }[]

beforeAll(async () => {
  service = await memoryService()
  const app = createApp({ service, log: silent, version: '1.2.3' })
  listening = await serve({ app, service, host: '127.0.0.1', port: 0, log: silent })
  senders = {
    server: (path, init) => fetch(listening.url + path, init),
    process: async (path, init) => app.request(path, init),
  }
  const { paths } = Document.parse(await (await app.request('/openapi.json')).json())
  routes = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([method]) => method !== 'get')
      .map(([method, { requestBody }]) => ({
        path: path.replaceAll(/\{\w+\}/g, 'none'),
        method: method.toUpperCase(),
        body: requestBody === undefined ? 'none' : requestBody.required ? 'required' : 'optional',
      })),
  )
})
afterAll(() => listening?.stop())

const taking = (...bodies: string[]) => routes.filter(({ body }) => bodies.includes(body))

async function problem(response: Response) {
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  const document = ProblemDocument.parse(await response.json())
  expect(document.status).toBe(response.status)
  return document
}

/** Requests without a byte of a body, as different clients send them. */
const EMPTY: [string, () => RequestInit][] = [
  ['no body', () => ({})],
  ['no body, and a type', () => ({ headers: { 'content-type': 'application/json' } })],
  ['no body, and another type', () => ({ headers: { 'content-type': 'text/plain' } })],
  ['a body of no bytes', () => ({ body: new Uint8Array() })],
  ['a body of no bytes, and a type', () => ({ body: '', headers: { 'content-type': 'application/json' } })],
  ['a stream that ends at once', () => ({ body: stream(''), duplex: 'half' })],
]
const stream = (text: string) => new Blob([text]).stream()

describe.each(['server', 'process'] as const)('a body that is sent to the %s', (to) => {
  it.each(EMPTY)('is reported as missing: %s', async (_, init) => {
    expect(taking('required')).toHaveLength(5)
    for (const { path, method } of taking('required')) {
      const answered = await problem(await senders[to](path, { method, ...init() }))
      expect(answered, path).toMatchObject({
        type: '/problems/not-json',
        status: 400,
        detail: 'the body is missing; send JSON, with the header "Content-Type: application/json"',
      })
    }
  })

  it.each(EMPTY)('may be missing on a route that takes none or does not need one: %s', async (_, init) => {
    expect(taking('optional').map(({ path }) => path)).toEqual(['/v1/runs/none/replay'])
    for (const { path, method } of taking('optional', 'none')) {
      const answered = await problem(await senders[to](path, { method, ...init() }))
      expect(answered, path).toMatchObject({
        type: '/problems/not-found',
        detail: expect.stringContaining('there is no'),
      })
    }
  })

  it.each([
    ['text/plain', () => '{}'],
    ['multipart/form-data; boundary=x', () => '--x--'],
    ['application/x-www-form-urlencoded', () => 'a=1'],
    ['application/jsonx', () => '{}'],
    [undefined, () => new TextEncoder().encode('{}')],
    [undefined, () => stream('{}')],
  ])('is refused for its type, which is not JSON: %s', async (type, body) => {
    for (const { path, method } of taking('required', 'optional')) {
      const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type }
      const response = await senders[to](path, { method, headers, body: body(), duplex: 'half' })
      expect(await problem(response), path).toMatchObject({ type: '/problems/not-json-type', status: 415 })
    }
  })

  it.each(['{', 'nothing', '{"a":1}}'])('is refused for its content, which is not JSON: %s', async (body) => {
    for (const { path, method } of taking('required', 'optional')) {
      const response = await senders[to](path, { method, headers: { 'content-type': 'application/json' }, body })
      expect(await problem(response), path).toMatchObject({ type: '/problems/not-json', status: 400 })
    }
  })
})

describe('a request that the framework refuses', () => {
  const refusing = (error: HTTPException) =>
    new Hono().get('/', () => Promise.reject(error)).onError((thrown) => problemOf(thrown).toResponse())

  it.each([
    [415, 'Unsupported Media Type', '/problems/not-json-type', 'The body must be sent as application/json'],
    [401, 'sign in', 'about:blank', 'Unauthorized'],
    [418, 'no coffee', 'about:blank', "I'm a Teapot"],
  ] as const)('keeps its status %d, and says why', async (status, message, type, title) => {
    const answered = await problem(await refusing(new HTTPException(status, { message })).request('/'))
    expect(answered).toMatchObject({ status, type, title })
    if (type === 'about:blank') expect(answered.detail).toBe(message)
  })

  it('keeps its status, and a fault that the caller cannot mend is logged', async () => {
    const answered = await problem(await refusing(new HTTPException(504, { message: 'db at 10.0.0.7' })).request('/'))
    expect(answered).toMatchObject({ status: 504, type: 'about:blank', title: 'Gateway Timeout' })
    expect(answered.detail).not.toContain('10.0.0.7')
  })
})
