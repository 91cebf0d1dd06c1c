import type { OpenAPIHono } from '@hono/zod-openapi'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Understanding } from '../../../src/content/understanding-schema.ts'
import { createApp } from '../../../src/http/app.ts'
import { type Listening, serve } from '../../../src/http/serve.ts'
import { silent } from '../../support/service.ts'
import { serviceWithRun } from '../../support/service-with-run.ts'

/** They speak of the connection, not of the answer. */
const OF_THE_CONNECTION = ['connection', 'date', 'keep-alive', 'transfer-encoding']

/** Pages that lead to another one. */
const LEADING_ON = ['/compare', '/runs/:id/replay']

let app: OpenAPIHono
let listening: Listening
/** What stands for a parameter of a path, by the beginning of the path and the parameter's name. */
let known: Record<string, string>
let pointer: string

beforeAll(async () => {
  const { service, app: checked, run } = await serviceWithRun()
  app = createApp({ service, log: silent, version: '1.2.3' })
  listening = await serve({ app, service, host: '127.0.0.1', port: 0, log: silent })
  // Recorded once more, so that listings of runs have two pages.
  const { item } = z.object({ item: z.unknown() }).parse(await (await checked.request('/v1/items/canal')).json())
  await checked.post('/v1/items', item)
  const document = Understanding.parse(await (await checked.request('/v1/items/canal/understanding')).json())
  const { steps } = z
    .object({ steps: z.array(z.object({ exchanges: z.array(z.object({ name: z.string() })) })) })
    .parse(await (await checked.request(`/v1/runs/${run}/steps`)).json())
  pointer = document.summary === null ? '/topics/0' : '/summary/claims/0'
  known = {
    'items :id': 'canal',
    'items :hash': document.texts.transcript?.hash ?? '',
    'runs :id': run,
    'runs :other': run,
    'runs :step': 'plan.0',
    'runs :exchange': steps.flatMap(({ exchanges }) => exchanges)[0]?.name ?? '',
    'assets :name': 'pages.css',
    'docs :asset': 'swagger-ui.css',
  }
}, 240_000)
afterAll(() => listening?.stop())

/** All addresses that take GET: those of programs, and pages. */
const addresses = (): string[] => [
  ...new Set(app.routes.filter(({ method, path }) => method === 'GET' && path !== '/*').map(({ path }) => path)),
]

function filled(address: string, values: Record<string, string>): string {
  const root = /^(?:\/v1)?\/(\w+)/.exec(address)?.[1]
  const path = address.replaceAll(/:\w+/g, (name) => encodeURIComponent(values[`${root} ${name}`] ?? 'none'))
  if (address === '/compare') return `${path}?a=${values['runs :id']}&b=${values['runs :id']}`
  return address.endsWith('/why') ? `${path}?pointer=${pointer}` : path
}

interface Answer {
  status: number
  headers: Record<string, string>
}

async function ask(method: 'GET' | 'HEAD', path: string, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(listening.url + path, { method, headers, redirect: 'manual' })
  const body = await response.text()
  if (method === 'HEAD') expect(body).toBe('')
  const said = [...response.headers].filter(([name]) => !OF_THE_CONNECTION.includes(name))
  return { status: response.status, headers: Object.fromEntries(said) }
}

describe('HEAD', () => {
  it('knows every address of the interface', async () => {
    const { paths } = z
      .object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
      .parse(await (await app.request('/openapi.json')).json())
    const described = Object.keys(paths).filter((path) => paths[path]?.get !== undefined)
    expect(described.length).toBeGreaterThan(15)
    expect(addresses()).toEqual(expect.arrayContaining(described.map((path) => path.replaceAll(/\{(\w+)\}/g, ':$1'))))
  })

  it('has the status and the headers that GET has, and no body', { timeout: 120_000 }, async () => {
    for (const address of addresses()) {
      const path = filled(address, known)
      const get = await ask('GET', path)
      expect(get.status, path).toBe(LEADING_ON.includes(address) ? 303 : 200)
      expect(get.headers, path).toHaveProperty(['x-content-type-options'])
      expect({ path, ...(await ask('HEAD', path)) }).toEqual({ path, ...get })
    }
  })

  it('has them also if GET finds nothing', { timeout: 120_000 }, async () => {
    for (const address of addresses().filter((one) => one.includes(':'))) {
      const path = filled(address, {})
      const get = await ask('GET', path)
      expect(get.status, path).toBe(LEADING_ON.includes(address) ? 303 : 404)
      expect({ path, ...(await ask('HEAD', path)) }).toEqual({ path, ...get })
    }
  })

  it.each([
    ['/v1/items/canal/understanding', 'etag'],
    ['/v1/items/canal/understanding?format=jsonld', 'etag'],
    ['/v1/runs?limit=1', 'link'],
    ['/v1/items?limit=0', 'content-length'],
    ['/v1/nothing', 'content-length'],
  ])('of %s has %s', async (path, name) => {
    const get = await ask('GET', path)
    expect(get.headers).toHaveProperty(name)
    expect(await ask('HEAD', path)).toEqual(get)
  })

  it('says that the caller has the current document, as GET does', async () => {
    const path = '/v1/items/canal/understanding'
    const { headers } = await ask('HEAD', path)
    const again = { 'if-none-match': headers.etag ?? '' }
    expect((await ask('HEAD', path, again)).status).toBe(304)
    expect(await ask('HEAD', path, again)).toEqual(await ask('GET', path, again))
  })
})
