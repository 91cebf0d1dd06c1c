import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../src/database/engine/connection.ts'
import type { Exchange } from '../../src/ledger/exchange.ts'
import { ModelError } from '../../src/models/chat-model.ts'
import { createRunTally } from '../../src/runs/run-tally.ts'
import { openMemory } from '../database/open-memory.ts'
import { cast, openDesk, type Part } from '../support/desk.ts'
import { talk } from '../support/talk.ts'

let database: Database
beforeAll(async () => {
  database = await openMemory()
})
afterAll(() => database.close())

const away: Part = () => new ModelError('unreachable', 'the endpoint is away', [])
const nothingSpent = { usd: 0, inputTokens: 0, cachedTokens: 0, outputTokens: 0 }

describe('what a run cost and did', () => {
  it('counts its steps and calls, tokens, models and prompts, and names agents that got no answer', async () => {
    const desk = openDesk(database, { chat: cast({ topics: away }).model, ports: { price: () => 0.5 } })
    const { run, steps, exchanges } = await desk.understand(talk(), { effort: 'quick' })
    const chats = exchanges.filter(({ kind, outcome }) => kind === 'chat' && outcome === 'ok')
    expect(run.summary).toEqual({
      usd: 0.5 * chats.length,
      inputTokens: 10 * chats.length,
      cachedTokens: 0,
      outputTokens: 2 * chats.length,
      estimated: false,
      steps: steps.length,
      exchanges: exchanges.length,
      failedNodes: ['topics'],
      models: ['openai:cast'],
      prompts: expect.arrayContaining(['summary/v1', 'topics/v2']),
    })
  })

  it('is null in money where a price is not known', async () => {
    const desk = openDesk(database, { ports: { price: () => null } })
    const { run } = await desk.understand(talk(), { effort: 'quick' })
    expect(run.summary).toMatchObject({ usd: null, inputTokens: expect.any(Number) })
  })

  it('is kept of runs that are cancelled in the middle, too', async () => {
    let reached: () => void = () => undefined
    const asked = new Promise<void>((done) => {
      reached = done
    })
    const hanging: Part = (_request, _times, signal) =>
      new Promise((_done, fail) => {
        signal?.addEventListener('abort', () => fail(signal.reason))
        reached()
      })
    const desk = openDesk(database, { chat: cast({ summary: hanging }).model })
    const { id } = await desk.runs.submit(talk(), { effort: 'quick' })
    await asked
    await desk.runs.cancel(id)
    const run = await desk.runs.wait(id)
    expect(run).toMatchObject({ status: 'cancelled', summary: { models: ['openai:cast'], failedNodes: [] } })
    expect(run?.summary?.exchanges).toBeGreaterThan(0)
  })

  it('counts what an earlier attempt recorded once, though it is gone through again', async () => {
    const desk = openDesk(database)
    const { run, steps, exchanges } = await desk.understand(talk(), { effort: 'quick' })
    const own = await desk.repositories.trace.load(run.id)
    const tally = createRunTally({ own, modelOf: () => 'openai:cast', prompts: {} })
    for (const step of own.steps) tally.step(step, {})
    const nowhere = { append: async () => undefined, settle: async () => undefined, forget: () => undefined }
    const writer = tally.counting(nowhere)
    const owner = { tenant: desk.tenant, itemId: 'looms', runId: run.id, attempt: 2 }
    const write = (rows: Exchange[]) => writer.append({ owner, exchanges: rows, steps: [], blobs: [] }, true)
    await write([...own.exchanges])
    expect(tally.summary(nothingSpent)).toMatchObject({ steps: steps.length, exchanges: exchanges.length })
    await write(own.exchanges.slice(0, 1).map((exchange) => ({ ...exchange, visit: 7 })))
    expect(tally.summary(nothingSpent)).toMatchObject({ steps: steps.length, exchanges: exchanges.length + 1 })
  })
})
