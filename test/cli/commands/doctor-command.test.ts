import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { checkText } from '../../../src/cli/render/render-doctor.ts'
import { checkHost, checkServer } from '../../../src/cli/service/doctor-checks.ts'
import { readConfig } from '../../../src/config.ts'
import type { SetAside } from '../../../src/database/records.ts'
import { checkEndpoint } from '../../../src/doctor/endpoint-check.ts'
import { endpointsOf, unconfigured } from '../../../src/doctor/endpoint-list.ts'
import { checkServiceParts } from '../../../src/doctor/service-checks.ts'
import { createQdrantEngine } from '../../../src/similarity/qdrant/qdrant-index.ts'
import { loadTaxonomies } from '../../../src/taxonomy/taxonomy.ts'
import { fakeEmbedder } from '../../support/fake-embedder.ts'
import { memoryService } from '../../support/service.ts'
import { startQdrantServer } from '../../wire/qdrant-server.ts'
import { fakeTerminal } from '../fake-terminal.ts'
import { cli } from '../run-cli.ts'

const endpoint = { name: 'language model', baseUrl: 'http://models.example/v1', apiKey: 'k', models: ['m'] }
const check = (answer: () => Response | Promise<Response>, seen: Request[] = []) =>
  checkEndpoint(endpoint, {
    async fetch(input, init) {
      seen.push(new Request(input, init))
      return answer()
    },
  })

describe('doctor', () => {
  it('asks an endpoint for its models, with the key', async () => {
    const seen: Request[] = []
    const found = await check(() => Response.json({ object: 'list', data: [{ id: 'm' }, { id: 'n' }] }), seen)
    expect(found).toMatchObject({ status: 'ok', detail: expect.stringContaining('m at http://models.example/v1') })
    expect(seen.map(({ url, headers }) => [url, headers.get('authorization')])).toEqual([
      ['http://models.example/v1/models', 'Bearer k'],
    ])
  })

  it.each<[string, () => Response | Promise<Response>, string, RegExp]>([
    ['a key that is refused', () => new Response('', { status: 401 }), 'failed', /OPENAI_API_KEY/],
    ['a model that is not there', () => Response.json({ data: [{ id: 'other' }] }), 'failed', /other/],
    ['a server error', () => new Response('', { status: 500 }), 'failed', /log/],
    ['an endpoint that is away', () => Promise.reject(new TypeError('fetch failed')), 'failed', /start the endpoint/],
    ['an endpoint without a list', () => new Response('', { status: 404 }), 'ok', /^$/],
    ['a list that is none', () => Response.json({ models: [] }), 'ok', /^$/],
    ['a web page', () => new Response('<html>', { headers: { 'content-type': 'text/html' } }), 'failed', /\/v1$/],
    ['an answer that is no JSON', () => new Response('pong'), 'failed', /OpenAI-compatible/],
  ])('says what to do about %s', async (_, answer, status, hint) => {
    const found = await check(answer)
    expect(found.status).toBe(status)
    expect(found.hint ?? '').toMatch(hint)
  })

  it('says that a name to listen on does not resolve, and does not mention the usual address', async () => {
    const nowhere = () => Promise.reject(new Error('ENOTFOUND'))
    const config = readConfig({ LINERNOTES_HOST: 'radio.invalid', LINERNOTES_ALLOW_NO_KEYS: '1' })
    expect(await checkHost(config, nowhere)).toMatchObject([
      { name: 'address', status: 'failed', detail: expect.stringMatching(/^radio\.invalid does not resolve/) },
    ])
    expect(await checkHost(readConfig({}), nowhere)).toEqual([])
  })

  it('knows what is configured, and which address it asks', () => {
    const config = readConfig({
      LINERNOTES_MODEL: 'a',
      LINERNOTES_MODELS: 'critique=b,topics=extractive',
      LINERNOTES_TRANSCRIBER_MODEL: 'w',
      LINERNOTES_TRANSCRIBER_URL: 'http://ears.example/v1/',
    })
    expect(endpointsOf(config).map(({ name, baseUrl, models }) => [name, baseUrl, models])).toEqual([
      ['language model', 'https://api.openai.com/v1', ['a', 'b']],
      ['transcriber', 'http://ears.example/v1', ['w']],
    ])
    expect(endpointsOf(readConfig({}))).toEqual([])
    expect(unconfigured(readConfig({})).map(({ name, status }) => [name, status])).toEqual([
      ['language model', 'ok'],
      ['transcriber', 'off'],
    ])
  })

  it.each<[string, () => Response, string, RegExp]>([
    ['ready', () => Response.json({ status: 'ready', similarity: { status: 'ok', detail: null } }), 'ok', /served at/],
    [
      'without its index',
      () => Response.json({ status: 'degraded', similarity: { status: 'away', detail: 'qdrant cannot be reached' } }),
      'failed',
      /index is away: qdrant cannot be reached/,
    ],
    [
      'behind with its index',
      () => Response.json({ status: 'degraded', similarity: { status: 'behind', detail: 'it has not caught up yet' } }),
      'failed',
      /index is behind: it has not caught up yet/,
    ],
    ['unavailable', () => Response.json({ status: 'unavailable' }, { status: 503 }), 'failed', /503/],
    ['something else', () => new Response('<html>', { status: 200 }), 'failed', /not ready/],
  ])('says that a server is %s, and that the server has settings of its own', async (_, answer, status, detail) => {
    const found = await checkServer('http://127.0.0.1:1', 'folder', async () => answer())
    expect(found).toMatchObject({ status, detail: expect.stringMatching(detail) })
  })

  it('shows agents and prompts that do not exist, and still checks everything else', {
    timeout: 60_000,
  }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'linernotes-doctor-'))
    vi.stubEnv('LINERNOTES_DATA_DIR', join(folder, 'data'))
    vi.stubEnv('LINERNOTES_PROMPTS', 'topics=topics/v9')
    vi.stubEnv('LINERNOTES_MODELS', 'tpics=extractive')
    try {
      const { exitCode, out } = await cli('doctor')
      expect(exitCode).toBe(1)
      expect(out).toMatch(/✗ agents .*LINERNOTES_PROMPTS: there is no prompt "topics\/v9"/)
      expect(out).toMatch(/✗ agents .*LINERNOTES_MODELS: there is no agent "tpics"/)
      expect(out).toMatch(/✓ data folder/)
      expect(out.match(/✗/g)).toHaveLength(2)
    } finally {
      vi.unstubAllEnvs()
      rmSync(folder, { recursive: true, force: true })
    }
  })

  it('says which models a budget in dollars does not limit, and that this is no failure', async () => {
    const variables = { LINERNOTES_MODEL: 'm', LINERNOTES_MODELS: 'topics=n,critique=extractive' }
    const gap = async (more: Record<string, string>) => {
      const service = await memoryService({ ...variables, LINERNOTES_SECOND_MODEL: 'o', ...more })
      try {
        return (await checkServiceParts(service)).find(({ name }) => name === 'budget')
      } finally {
        await service.close()
      }
    }
    expect(await gap({})).toBeUndefined()
    expect(await gap({ LINERNOTES_BUDGET_USD: '2' })).toEqual({
      name: 'budget',
      status: 'off',
      detail: 'LINERNOTES_BUDGET_USD does not limit what openai:m, openai:n, openai:o cost: no price is known',
      hint: 'add prices to the file of LINERNOTES_PRICES, or set LINERNOTES_BUDGET_TOKENS, which needs none',
    })
    const folder = mkdtempSync(join(tmpdir(), 'linernotes-doctor-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const price = { inputPerMTok: 1, outputPerMTok: 1 }
    const file = join(folder, 'prices.json')
    writeFileSync(file, JSON.stringify({ asOf: '2026-01-31', models: { m: price, o: price } }))
    expect(await gap({ LINERNOTES_BUDGET_USD: '2', LINERNOTES_PRICES: file })).toMatchObject({
      detail: 'LINERNOTES_BUDGET_USD does not limit what openai:n costs: no price is known',
    })
  })

  it('says in which collections of a Qdrant the similarity index is, and what it does not accept', async () => {
    const server = await startQdrantServer()
    onTestFinished(() => server.close())
    const engine = createQdrantEngine({ url: server.url, collectionPrefix: 'radio' })
    let aside: SetAside = { total: 0, entries: [] }
    const similarity = { engine, setAside: async () => aside, trouble: () => null }
    const check = () =>
      checkServiceParts({ embedder: fakeEmbedder(), taxonomies: loadTaxonomies(), similarity, unpriced: [] })
    let checks = await check()
    expect(checks.find(({ name }) => name === 'similarity')).toMatchObject({
      status: 'ok',
      detail: 'qdrant 1.18.3 in collections radio.*',
    })
    const entries = ['a', 'b', 'c'].map((itemId, seq) => ({ itemId, seq, reason: `no room for ${itemId}` }))
    aside = { total: 5, entries }
    checks = await check()
    expect(checks.find(({ name }) => name === 'similarity')).toMatchObject({
      status: 'failed',
      detail:
        'qdrant 1.18.3 in collections radio.*; 5 changes that it does not take are set aside: item "a": no room for a; item "b": no room for b; item "c": no room for c; and 2 more',
      hint: expect.stringMatching(/start `linernotes serve` again/),
    })
  })

  it('shows each check with what to do about it', () => {
    const text = checkText(
      { name: 'similarity', status: 'failed', detail: 'qdrant: away', hint: 'start it' },
      fakeTerminal(),
    )
    expect(text).toMatch(/^✗ similarity +qdrant: away\n +→ start it$/)
  })
})
