import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Database } from '../../src/database/engine/connection.ts'
import type { Budget } from '../../src/ledger/policies.ts'
import { createOpenAiChat } from '../../src/models/openai/openai-chat.ts'
import { openMemory } from '../database/open-memory.ts'
import { openDesk } from '../support/desk.ts'
import { talk } from '../support/talk.ts'
import { completion, wire } from '../wire/openai.ts'

let database: Database
beforeAll(async () => {
  database = await openMemory()
})
afterAll(() => database.close())

const Body = z.object({ tools: z.array(z.object({ function: z.object({ name: z.string() }) })) })
const EMPTY: Record<string, string> = {
  submit_topics: '{"topics":[]}',
  submit_entities: '{"entities":[]}',
  submit_chapters: '{"chapters":[]}',
  submit_suitability: '{"categories":[]}',
  submit_summary: '{"claims":[]}',
  submit_attributes: '{}',
}

/** A desk whose endpoint answers every agent and never says what it took; `usage` as it reports it. */
function silentDesk(budget: Budget, usage: unknown = {}, content: string | null = null) {
  const far = wire(({ body }) => {
    if (content !== null) return completion({ content, usage })
    const name = Body.parse(body).tools.at(-1)?.function.name ?? ''
    return completion({ calls: [{ name, arguments: EMPTY[name] ?? '{}' }], usage })
  })
  const model = createOpenAiChat({ baseUrl: 'http://m.example/v1', model: 'silent', fetch: far.fetch, concurrency: 1 })
  return openDesk(database, {
    chat: () => model,
    deps: { budget },
    ports: { price: (_, { input, output }) => (input + output) / 1000 },
  })
}

const NOTE =
  'openai:silent does not report its tokens: they are estimated, a budget counts the estimate, and what they cost is not known'
const refusals = (exchanges: readonly { outcome: string }[]) =>
  exchanges.filter(({ outcome }) => outcome === 'refused').length

describe('a model whose endpoint does not report its tokens', () => {
  it('costs what nobody knows: tokens are marked as estimated, and document and run say so', async () => {
    const { document, run, exchanges } = await silentDesk({ usd: null, tokens: null }).understand(talk())
    expect(document.status).toBe('complete')
    expect(document.provenance.costUsd).toBeNull()
    expect(document.provenance.facets.topics).toMatchObject({
      costUsd: null,
      tokens: { input: expect.any(Number), estimated: true },
    })
    expect(document.provenance.facets.topics?.tokens.input).toBeGreaterThan(100)
    expect(document.provenance.notes).toContain(NOTE)
    expect(run.summary).toMatchObject({ usd: null, estimated: true })
    const [chat] = exchanges.filter(({ kind }) => kind === 'chat')
    expect(chat?.cost).toMatchObject({ usd: null, estimatedUsd: expect.any(Number) })
  })

  it.each([
    ['tokens', { usd: null, tokens: 1 }],
    ['money', { usd: 0.01, tokens: null }],
  ])('is held to a budget of %s by the estimate', async (_, budget) => {
    const { run, exchanges } = await silentDesk(budget, {}, 'Let me think.').understand(talk())
    expect(run.status).toBe('partial')
    expect(refusals(exchanges)).toBeGreaterThan(0)
  })

  it('is told from one that does, of which nothing is said', async () => {
    const usage = { prompt_tokens: 100, completion_tokens: 5, total_tokens: 105 }
    const { document, run } = await silentDesk({ usd: 1000, tokens: null }, usage).understand(talk())
    expect(run.summary?.estimated).toBe(false)
    expect(document.provenance.facets.topics).toMatchObject({
      costUsd: 0.105,
      tokens: { input: 100, cached: 0, output: 5 },
    })
    expect(document.provenance.notes).not.toContain(NOTE)
  })
})
