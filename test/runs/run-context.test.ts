import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../src/database/engine/connection.ts'
import { recordedValue } from '../../src/ledger/recorded-run.ts'
import { openMemory } from '../database/open-memory.ts'
import { cast, openDesk, type Part } from '../support/desk.ts'
import { talk } from '../support/talk.ts'

let database: Database
beforeAll(async () => {
  database = await openMemory()
}, 120_000)
afterAll(() => database.close())

describe('a budget', () => {
  it('that is spent makes agents abstain where they would go on, and says so', async () => {
    const topics: Part = () => ({ toolCalls: [{ id: 'c', name: 'read_metadata', args: {} }] })
    const desk = openDesk(database, { chat: cast({ topics }).model, deps: { budget: { usd: null, tokens: 12 } } })
    const { document, run, exchanges } = await desk.understand(talk())
    expect(run.status).toBe('partial')
    const [abstention] = document.abstentions.filter(({ facet }) => facet === 'topics')
    expect(abstention?.reason).toMatch(/^the budget of this run does not allow topics\.0\.chat\.[01]$/)
    expect(exchanges.filter(({ outcome }) => outcome === 'refused').length).toBeGreaterThan(0)
    expect(exchanges.filter(({ outcome, cost }) => outcome === 'refused' && cost !== null)).toEqual([])
  })
})

describe('what a run knows of its item', () => {
  /** As the run recorded it. */
  async function known(desk: ReturnType<typeof openDesk>, runId: string) {
    const recorded = await desk.repositories.trace.load(runId)
    return recorded.exchanges
      .filter(({ kind }) => kind === 'known')
      .map(({ response }) => recordedValue(recorded, response))
  }

  it('is nothing before the first publication, and afterwards what is published with its facets', async () => {
    const desk = openDesk(database)
    const first = await desk.understand(talk())
    expect(await known(desk, first.run.id)).toEqual([{ current: null, facets: [], decisions: [] }])
    const second = await desk.understand(talk({ title: 'Another' }))
    expect(await known(desk, second.run.id)).toMatchObject([
      { current: { version: 1 }, facets: expect.arrayContaining([expect.objectContaining({ facet: 'topics' })]) },
    ])
  })
})

describe('what a run has computed from its transcript', () => {
  it('is kept with the publication, and of a fork too, which publishes nothing', async () => {
    const desk = openDesk(database)
    const { run } = await desk.understand(talk())
    const kinds = async (id: string) => (await desk.repositories.runs.derived(id)).map(({ kind }) => kind)
    expect(await kinds(run.id)).toEqual(['segments'])
    const fork = await desk.fork(run.id, { at: 'segment', prompts: {}, strict: false })
    expect(await desk.runs.wait(fork.id)).toMatchObject({ status: run.status, version: null, error: null })
    expect(await kinds(fork.id)).toEqual(['segments'])
  })
})
