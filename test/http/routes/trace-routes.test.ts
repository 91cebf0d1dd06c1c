import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Item } from '../../../src/content/item.ts'
import { Understanding } from '../../../src/content/understanding-schema.ts'
import { createLedgerStore } from '../../../src/database/ledger/database-ledger.ts'
import { createApp } from '../../../src/http/app.ts'
import { RunDiff } from '../../../src/http/schemas/diff-schemas.ts'
import { RunAnswer, RunPage } from '../../../src/http/schemas/run-schemas.ts'
import { StepDetailDocument } from '../../../src/http/schemas/step-schemas.ts'
import { ExchangeDetail, Steps } from '../../../src/http/schemas/trace-schemas.ts'
import type { Service } from '../../../src/service.ts'
import { Why } from '../../../src/trace/why/why-answer.ts'
import { publishedEpisode } from '../../content/formats/published.ts'
import { sampleWrite } from '../../database/database-samples.ts'
import { configuration } from '../../ledger/configuration-sample.ts'
import { type CheckedApp, checkedApp } from '../../support/checked-app.ts'
import { memoryService, silent } from '../../support/service.ts'

const LONG = 'A canal is dug by hand, and the water comes through the lock. '.repeat(30)
let service: Service
let app: CheckedApp
let run: string

const get = async (path: string): Promise<unknown> => (await app.request(path)).json()

beforeAll(async () => {
  service = await memoryService({ LINERNOTES_EFFORT: 'quick' })
  app = await checkedApp(createApp({ service, log: silent, version: '1.2.3' }))
  const item = { id: 'canal', kind: 'talk', title: 'Canals', language: 'en', transcripts: [{ text: LONG }] }
  run = (await app.post('/v1/items', item, { prefer: 'wait=120' })).headers.get('linernotes-run') ?? ''
})
afterAll(() => service?.close())

describe('the trace of a run', () => {
  it('shows the run, and finds it by item, status and time', async () => {
    const shown = RunAnswer.parse(await get(`/v1/runs/${run}`))
    expect(shown).toMatchObject({ id: run, itemId: 'canal', version: 1, attempt: 1, effort: 'quick' })
    const find = async (query: string) => RunPage.parse(await get(`/v1/runs?${query}`)).entries.map(({ id }) => id)
    expect(await find('item=canal')).toEqual([run])
    expect(await find(`status=${shown.status}&since=${shown.createdAt}`)).toContain(run)
    expect(await find('status=failed')).toEqual([])
    expect(await find('since=2999-01-01T00:00:00Z')).toEqual([])
  })

  it('keeps what the run cost and did, and finds the run by that', async () => {
    const { summary } = RunAnswer.parse(await get(`/v1/runs/${run}`))
    const { steps } = Steps.parse(await get(`/v1/runs/${run}/steps`))
    expect(summary).toMatchObject({
      steps: steps.length,
      exchanges: steps.flatMap(({ exchanges }) => exchanges).length,
      failedNodes: [],
      models: ['extractive/1'],
    })
    expect(summary?.prompts).toContain('topics/v2')
    const find = async (query: string) => RunPage.parse(await get(`/v1/runs?${query}`)).entries.map(({ id }) => id)
    expect(await find('model=extractive/1&prompt=topics/v2&item=canal')).toEqual([run])
    expect(await find('prompt=topics/v9')).toEqual([])
    expect(await find('failed=topics')).toEqual([])
    expect(await find('costOver=0')).toEqual([])
    expect((await app.request('/v1/runs?costOver=-1')).status).toBe(400)
    expect((await app.request('/v1/runs?node=topics')).status).toBe(400)
  })

  it('shows one step: the state before it, a patch to the state after it, and its conversation', async () => {
    const shown = async (name: string) => StepDetailDocument.parse(await get(`/v1/runs/${run}/steps/${name}`))
    const [topics, entities, assemble] = await Promise.all(['topics.0', 'entities.0', 'assemble.0'].map(shown))
    expect(topics?.state?.before).toEqual(entities?.state?.before)
    expect(topics?.state?.before).toMatchObject({ round: 0, drafts: {}, segmentation: { count: expect.any(Number) } })
    expect(topics?.state?.patch).toMatchObject([{ op: 'add', path: '/drafts/topics', value: { status: 'answered' } }])
    expect(assemble?.state?.before).toMatchObject({ drafts: { topics: {}, entities: {} }, assembled: null })
    expect(topics?.rounds.at(-1)).toMatchObject({ model: 'extractive/1', calls: [{ tool: 'submit_topics' }] })
    expect(JSON.stringify(topics?.state)).not.toContain('the water comes through the lock')
  })

  it('lists the steps that there are if an unknown one is asked for', async () => {
    const response = await app.request(`/v1/runs/${run}/steps/topics.7`)
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ detail: expect.stringContaining('topics.0') })
  })

  it('shows the steps in their order, each with its calls', async () => {
    const { steps, open } = Steps.parse(await get(`/v1/runs/${run}/steps`))
    const supersteps = steps.map(({ superstep }) => superstep)
    expect(supersteps).toEqual([...supersteps].sort((a, b) => a - b))
    expect(steps[0]).toMatchObject({ name: 'intake.0', error: null })
    expect(open).toEqual([])
    const chats = steps.find(({ node }) => node === 'topics')?.exchanges.filter(({ kind }) => kind === 'chat')
    expect(chats?.map(({ name }) => name)).toEqual(chats?.map((_, n) => `topics.0.chat.${n}`))
    expect(chats?.length).toBeGreaterThan(0)
  })

  it('shows a call completely, with the long texts that are stored separately', async () => {
    const { steps } = Steps.parse(await get(`/v1/runs/${run}/steps`))
    const chat = steps.flatMap(({ exchanges }) => exchanges).find(({ kind }) => kind === 'chat')
    const detail = ExchangeDetail.parse(await get(chat?.links.self ?? ''))
    const request = JSON.stringify(detail.request)
    expect(detail).toMatchObject({ name: chat?.name, kind: 'chat', outcome: 'ok' })
    expect(request).toContain('the water comes through the lock')
    expect(JSON.stringify(detail)).not.toContain('$blob')
    expect(detail.response).not.toBeNull()
  })

  it('says how two runs differ, and that a run does not differ from itself', async () => {
    expect(await get(`/v1/runs/${run}/diff/${run}`)).toMatchObject({ first: null, steps: [], labels: [] })
    const item = { id: 'canal', kind: 'talk', title: 'Locks', language: 'en', transcripts: [{ text: LONG }] }
    const other = (await app.post('/v1/items', item, { prefer: 'wait=120' })).headers.get('linernotes-run') ?? ''
    const diff = RunDiff.parse(await get(`/v1/runs/${run}/diff/${other}`))
    expect(diff.first).toMatchObject({ step: 'intake.0', how: 'differs' })
    expect(diff.first?.differences.map(({ pointer }) => pointer)).toContain('/update/texts/title/hash')
    expect((await app.request(`/v1/runs/${run}/diff/none`)).status).toBe(404)
  })

  it('says why a label is there, and lists the labels if an unknown one is asked for', async () => {
    const ask = (query: string) => app.request(`/v1/items/canal/why?${query}`)
    const { attributes } = Understanding.parse(await get('/v1/items/canal/understanding?version=1'))
    const [name = ''] = Object.keys(attributes)
    const why = Why.parse(await (await ask(`pointer=/attributes/${name}&version=1`)).json())
    expect(why).toMatchObject({ facet: 'attributes', run, madeBy: run, proposed: { agent: 'attributes' } })
    expect(why.story.length).toBeGreaterThan(2)
    const wrong = await ask('pointer=/topics/99')
    expect(wrong.status).toBe(404)
    expect(await wrong.json()).toMatchObject({ detail: expect.stringContaining(`/attributes/${name}`) })
    expect((await ask('pointer=topics')).status).toBe(400)
    expect((await ask('')).status).toBe(400)
    expect((await ask(`pointer=/attributes/${name}&version=9`)).status).toBe(404)
    expect((await app.request('/v1/items/none/why?pointer=/topics/0')).status).toBe(404)
  })

  it.each(['topics.0.chat.99', 'topics.0.talk.0', 'topics', '..0.chat.0', 'topics.99999999999.chat.0'])(
    'answers with 404 for the call %s',
    async (name) => expect((await app.request(`/v1/runs/${run}/exchanges/${name}`)).status).toBe(404),
  )

  it('does not change a run that has ended when it is cancelled', async () => {
    const response = await app.request(`/v1/runs/${run}/cancel`, { method: 'POST' })
    expect(response.status).toBe(202)
    expect(RunAnswer.parse(await response.json())).toMatchObject({ version: 1, error: null })
  })
})

describe('reviews', () => {
  const key = 'death_injury'
  const review = v7()

  /** Publishes a version that leaves a label out and asks about it, as a run does. */
  async function ask(): Promise<void> {
    const { repositories } = service
    const item = Item.parse({ id: 'asked', kind: 'podcast_episode', title: 'The tide mill' })
    const at = Date.now()
    const id = v7()
    const { settings } = configuration
    const config = { ...configuration, settings: { ...settings, ports: { ...settings.ports, fetch: false } } }
    const asked = { id, itemId: 'asked', item, effort: 'quick', config } as const
    const { run } = await repositories.runs.submit(
      { ...asked, requested: null, parentRunId: null, createdAt: at },
      { owner: 'test', now: at, leaseMs: 60_000 },
    )
    const owner = { tenant: 'default', itemId: 'asked', runId: id, attempt: run.attempt }
    const episode = publishedEpisode()
    await repositories.publish(owner, {
      document: { ...episode, item: { ...episode.item, id: 'asked' }, status: 'partial' },
      labels: [],
      facets: [],
      texts: [],
      derived: [],
      reviews: [{ id: review, facet: 'suitability', key, question: { label: { key }, findings: [] } }],
      intakeHash: 'x',
      at,
    })
    await createLedgerStore(service.database).append([
      sampleWrite(owner, { end: { status: 'partial', error: null, outcome: null, at } }),
    ])
  }

  it('ask people, and keep their decision in the next version', async () => {
    await ask()
    expect(await get('/v1/reviews?status=open&item=asked&facet=suitability')).toMatchObject({
      entries: [{ id: review, itemId: 'asked', key, status: 'open', decision: null, question: { label: { key } } }],
      next: null,
    })
    const amended = await app.post(`/v1/reviews/${review}`, { action: 'amend', value: { risk: 'low' }, by: 'Mo' })
    expect(await amended.json()).toMatchObject({ type: '/problems/bad-decision', status: 422 })
    const response = await app.post(`/v1/reviews/${review}`, { action: 'reject', note: 'said in jest', by: 'Mo' })
    expect(response.status).toBe(200)
    const decided: unknown = await response.json()
    expect(decided).toMatchObject({
      review: { status: 'decided', decision: { action: 'reject', note: 'said in jest', by: 'Mo', value: null } },
      run: { itemId: 'asked', config: { settings: { ports: { fetch: false } } } },
    })
    await service.runs.idle()
    const next = Understanding.parse(await get('/v1/items/asked/understanding'))
    expect(next.version).toBe(2)
    expect(next.suitability.map(({ category }) => category)).not.toContain(key)
    expect(await get('/v1/reviews?status=open&item=asked')).toEqual({ entries: [], next: null })
  })

  it('refuse a second decision, and say who made the first', async () => {
    const response = await app.post(`/v1/reviews/${review}`, { action: 'reject', by: 'Ann' })
    expect(response.status).toBe(409)
    const detail = expect.stringMatching(/"reject" by Mo at 2/)
    expect(await response.json()).toMatchObject({ type: '/problems/already-decided', detail })
  })
})
