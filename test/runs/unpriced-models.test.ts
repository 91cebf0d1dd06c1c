import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../src/database/engine/connection.ts'
import { costUsd, type PriceTable } from '../../src/models/prices.ts'
import { openMemory } from '../database/open-memory.ts'
import { cast, openDesk } from '../support/desk.ts'
import { recorded, replayed } from '../support/recorded.ts'
import { talk } from '../support/talk.ts'

let database: Database
beforeAll(async () => {
  database = await openMemory()
})
afterAll(() => database.close())

/** A million dollars a million tokens: 12 a call, as the parts are played. */
const price = { inputPerMTok: 1e6, outputPerMTok: 1e6 }
const table = (...models: string[]): PriceTable => ({
  asOf: '2026-01-31',
  models: Object.fromEntries(models.map((model) => [model, price])),
})
const [dear, unknown] = [cast({}, { name: 'openai:dear' }), cast({}, { name: 'openai:unknown' })]

/** A desk where one agent asks another model than all others. */
const deskWith = (usd: number | null, prices: PriceTable | null, agent: string, others = dear) =>
  openDesk(database, {
    chat: (name) => (name === agent ? unknown : others).model(name),
    deps: { budget: { usd, tokens: null } },
    ports: { price: (model, tokens) => costUsd(prices, model, tokens) },
  })
const note = (model: string) => `no price is known for ${model}: the budget in dollars does not limit what it costs`

describe('a model without a price', () => {
  it('is named by the document of a run that asked it, where a budget in dollars is set', async () => {
    const { document, run } = await deskWith(1e6, null, 'topics').understand(talk())
    expect(run.status).toBe('complete')
    expect(document.provenance.notes).toEqual(expect.arrayContaining([note('openai:dear'), note('openai:unknown')]))
    const some = await deskWith(1e6, table('dear'), 'topics').understand(talk())
    expect(some.document.provenance.notes).toContain(note('openai:unknown'))
    expect(some.document.provenance.notes).not.toContain(note('openai:dear'))
  })

  it.each([
    ['without such a budget', null, null, 'topics'],
    ['where all have one', 1e6, table('dear', 'unknown'), 'topics'],
    ['where it was not asked', 1e6, table('dear'), 'transcript'],
  ])('is not named %s', async (_, usd, prices, agent) => {
    const { document } = await deskWith(usd, prices, agent).understand(talk())
    expect(document.provenance.notes.join()).not.toContain('no price')
  })

  it('does not keep the budget from counting what has a price', async () => {
    const talkative = cast({ summary: () => ({ content: 'Let me think.' }) }, { name: 'openai:dear' })
    const { run, exchanges } = await deskWith(12, table('dear'), 'topics', talkative).understand(talk())
    expect(run).toMatchObject({ status: 'partial', summary: { usd: null } })
    expect(exchanges.map(({ outcome }) => outcome)).toContain('refused')
  })

  it('is in the recording, so that a replay says the same, whatever is configured where it runs', async () => {
    const desk = deskWith(1e6, null, 'topics')
    const { run } = await desk.understand(talk())
    const recording = await recorded(desk, run.id)
    expect(recording.configuration.unpriced).toEqual(['openai:dear', 'openai:unknown'])
    expect(await replayed(recording)).toMatchObject({ identical: true, configuration: [] })
  })

  it('is told in a fork by the model that the fork asks', async () => {
    const desk = openDesk(database, {
      chat: dear.model,
      deps: { budget: { usd: 1e6, tokens: null }, modelNamed: unknown.model },
      ports: { price: (model, tokens) => costUsd(table('dear'), model, tokens) },
    })
    const { run } = await desk.understand(talk())
    const fork = await desk.fork(run.id, { live: 'chat', model: 'unknown', prompts: {}, strict: false })
    await desk.runs.wait(fork.id)
    const { document } = await recorded(desk, fork.id)
    expect(document?.provenance.notes).toContain(note('openai:unknown'))
  })
})
