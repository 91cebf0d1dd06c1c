import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AGENTS } from '../../graphs/agents/registry.ts'
import { understanding as graph } from '../../graphs/understanding.ts'
import type { Item } from '../../src/content/item.ts'
import type { Database } from '../../src/database/connection.ts'
import type { ChatModel } from '../../src/models/chat.ts'
import { extractive } from '../../src/models/extractive/extractive.ts'
import { type ReplayReport, replayRun } from '../../src/runs/replay-run.ts'
import { loadTaxonomies } from '../../src/taxonomy/taxonomy.ts'
import { openMemory } from '../database/open-memory.ts'
import { analysis, cast, openDesk, submits } from '../support/desk.ts'
import { talk } from '../support/talk.ts'

let database: Database
beforeAll(async () => {
  database = await openMemory()
}, 120_000)
afterAll(() => database.close())

type Desk = ReturnType<typeof openDesk>

/** A model of the recorded name that must not be asked. */
const silent = (name: string, like: Partial<ChatModel> = {}): ChatModel => ({
  name,
  readsTask: false,
  sees: false,
  contextTokens: 128_000,
  ...like,
  chat: () => Promise.reject(new Error('a replay asks no model')),
})

async function replayed(
  desk: Desk,
  runId: string,
  item: Item,
  model: ChatModel,
  prompts: Record<string, string> = {},
): Promise<ReplayReport> {
  const record = await desk.repositories.runs.get(runId)
  if (record === null) throw new Error('the run is not there')
  const taxonomies = loadTaxonomies()
  return replayRun(
    record,
    item,
    {
      effort: record.effort,
      requested: record.requested ?? [],
      prompts: { ...Object.fromEntries(AGENTS.map(({ name, prompt }) => [name, prompt])), ...prompts },
      engine: model.name,
      limits: { rounds: null, maxOutputTokens: null },
    },
    {
      tenant: desk.tenant,
      repositories: desk.repositories,
      store: desk.store,
      graph,
      taxonomies,
      taxonomyVersion: taxonomies.version,
      analysis,
      ports: {
        chat: () => model,
        secondOpinion: null,
        embedder: null,
        fetcher: null,
        transcriber: null,
        neighbours: () => () => Promise.reject(new Error('a replay asks no index')),
        price: () => 0,
        clock: Date.now,
      },
    },
  )
}

const claims = () =>
  submits('summary', {
    claims: [{ text: 'Looms read cards.', evidence: [{ segment: 0, quote: 'a chain of wooden cards' }] }],
  })

describe('a replay', () => {
  it('runs the code of today on recorded answers alone and finds the same steps and document', async () => {
    const desk = openDesk(database, { chat: cast({ summary: claims }).model })
    const item = talk()
    const { run, exchanges } = await desk.understand(item)
    const report = await replayed(desk, run.id, item, silent('openai:cast'))
    expect(report).toEqual({ identical: true, divergences: [], served: exchanges.length })
  })

  it('is identical with the embedded engine too, whose requests carry the typed task', async () => {
    const desk = openDesk(database, { chat: () => extractive() })
    const item = talk()
    const { run } = await desk.understand(item)
    const engine = extractive()
    const report = await replayed(
      desk,
      run.id,
      item,
      silent(engine.name, { readsTask: true, languages: ['en'], contextTokens: engine.contextTokens }),
    )
    expect(report.divergences).toEqual([])
  })

  it('publishes nothing and writes nothing', async () => {
    const desk = openDesk(database, { chat: cast({ summary: claims }).model })
    const { run } = await desk.understand(talk())
    const before = [
      await desk.repositories.understandings.changes(0),
      (await desk.repositories.trace.load(run.id)).exchanges,
      (await desk.repositories.trace.load(run.id)).steps,
    ]
    await replayed(desk, run.id, talk(), silent('openai:cast'))
    await replayed(desk, run.id, talk({ title: 'Another title' }), silent('openai:cast'))
    expect([
      await desk.repositories.understandings.changes(0),
      (await desk.repositories.trace.load(run.id)).exchanges,
      (await desk.repositories.trace.load(run.id)).steps,
    ]).toEqual(before)
  })

  it('names each call that differs, with both requests compared, and lets the siblings of that superstep finish', async () => {
    const desk = openDesk(database, { chat: cast({ summary: claims }).model })
    const { run } = await desk.understand(talk())
    const { identical, divergences } = await replayed(
      desk,
      run.id,
      talk({ description: 'Something else was written here.' }),
      silent('openai:cast'),
    )
    expect(identical).toBe(false)
    const calls = divergences.filter(({ what }) => what === 'other call')
    // Chapters does not read the description, so its call is the recorded one.
    expect(calls.map(({ exchange }) => exchange)).toEqual([
      'attributes.0.chat.0',
      'entities.0.chat.0',
      'suitability.0.chat.0',
      'summary.0.chat.0',
      'topics.0.chat.0',
    ])
    for (const { differences } of calls)
      expect(differences.map(({ pointer }) => pointer)).toEqual(['/messages/2/content'])
    expect(divergences[0]).toMatchObject({ step: 'intake.0', what: 'other update' })
  })

  it('names a call of another model as the first divergence', async () => {
    const desk = openDesk(database, { chat: cast({}).model })
    const item = talk()
    const { run } = await desk.understand(item)
    const { divergences } = await replayed(desk, run.id, item, silent('openai:another'))
    const [first] = divergences.filter(({ what }) => what === 'other call')
    expect(first).toMatchObject({ step: 'attributes.0', exchange: 'attributes.0.chat.0' })
    expect(first?.differences).toContainEqual({ pointer: '/model', was: 'openai:cast', is: 'openai:another' })
  })

  it('reports recorded answers that nothing asks for any more', async () => {
    const twice = (_: unknown, times: number) =>
      times === 0 ? { toolCalls: [{ id: 'a', name: 'read_transcript', args: { from: 0, to: 0 } }] } : claims()
    const desk = openDesk(database, { chat: cast({ summary: twice }).model })
    const item = talk()
    const { run } = await desk.understand(item)
    const recorded = {
      ...desk,
      store: {
        ...desk.store,
        load: async (tenant: string, runId: string) => {
          const all = await desk.store.load(tenant, runId)
          const [last] = all.exchanges.filter(({ node }) => node === 'summary').slice(-1)
          return last === undefined ? all : { ...all, exchanges: [...all.exchanges, { ...last, n: 9, nth: 9 }] }
        },
      },
    }
    const { divergences } = await replayed(recorded, run.id, item, silent('openai:cast'))
    expect(divergences).toMatchObject([{ step: 'summary.0', exchange: 'summary.0.chat.9', what: 'unused answer' }])
  })
})
