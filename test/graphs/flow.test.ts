import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AGENT_NAMES } from '../../graphs/agents/registry.ts'
import type { Database } from '../../src/database/engine/connection.ts'
import { ModelError } from '../../src/models/chat-model.ts'
import { extractive } from '../../src/models/extractive/extractive-model.ts'
import { SimilarityUnavailable } from '../../src/similarity/similarity-index.ts'
import { openMemory } from '../database/open-memory.ts'
import { cast, openDesk, submits } from '../support/desk.ts'
import { fakeEmbedder } from '../support/fake-embedder.ts'
import { AFTER_AGENTS, BEFORE_AGENTS } from '../support/steps.ts'
import { said, talk } from '../support/talk.ts'

let database: Database
beforeAll(async () => {
  database = await openMemory()
})
afterAll(() => database.close())

const AGENTS = AGENT_NAMES.map((name) => `${name}.0`).sort()
const claims = () =>
  submits('summary', {
    claims: [{ text: 'Looms read cards.', evidence: [{ segment: 0, quote: 'a chain of wooden cards' }] }],
  })

describe('the path of an item', () => {
  it('goes through every node once and publishes what agents said, with the words that support it', async () => {
    const desk = openDesk(database, { chat: cast({ summary: claims }).model })
    const { document, run, steps } = await desk.understand(talk())
    expect(steps).toEqual([...BEFORE_AGENTS, ...AGENTS, ...AFTER_AGENTS])
    expect(run).toMatchObject({ status: 'complete', version: 1, error: null })
    expect(document.summary?.short).toBe('Looms read cards.')
    const [evidence] = document.summary?.claims[0]?.evidence ?? []
    const text = await desk.repositories.texts.get('looms', evidence?.text ?? 'sha256:')
    expect(text?.text.slice(evidence?.start, evidence?.end)).toBe('a chain of wooden cards')
    expect(evidence).toMatchObject({ segment: 0, match: 'verbatim', startMs: null, timing: null })
  })

  it('is complete with the embedded engine too, without a key or a network', async () => {
    const desk = openDesk(database, { chat: () => extractive() })
    const { document, run } = await desk.understand(talk())
    expect(run.error).toBeNull()
    expect(document.provenance.engine).toBe('extractive/1')
    expect(document.provenance.costUsd).toBe(0)
    const quotes = [...document.topics, ...document.entities, ...(document.summary?.claims ?? [])]
    expect(quotes.length).toBeGreaterThan(2)
    for (const { evidence } of quotes) expect(evidence.length).toBeGreaterThan(0)
  })

  it('uses the metadata if there is no transcript, and the document says what is missing and why', async () => {
    const item = talk({ transcripts: [], audio: { url: 'https://example.org/a.mp3' } })
    const stage = cast({
      topics: () =>
        submits('topics', {
          topics: [{ id: '596', evidence: [{ source: 'title', segment: null, quote: 'numbers' }] }],
        }),
    })
    const { document, run, steps } = await openDesk(database, { chat: stage.model }).understand(item)
    expect(run.status).toBe('partial')
    expect(document.abstentions).toEqual([
      { facet: 'transcript', reason: 'the item has no transcript; no transcriber is configured' },
      { facet: 'chapters', reason: 'there is no transcript' },
    ])
    expect(steps).not.toContain('chapters.0')
    expect(document.topics[0]?.evidence).toMatchObject([{ source: 'title', quote: 'numbers', segment: null }])
  })

  it('says when the item came out, if that was given', async () => {
    const publishedAt = '2025-05-19T06:00:00+01:00'
    const dated = await openDesk(database).understand(talk({ id: 'dated', publishedAt }), { effort: 'quick' })
    expect(dated.document.item.publishedAt).toBe(publishedAt)
    const undated = await openDesk(database).understand(talk({ id: 'undated' }), { effort: 'quick' })
    expect(undated.document.item).not.toHaveProperty('publishedAt')
  })

  it('asks no model about an item without any words', async () => {
    const stage = cast({})
    const item = talk({ title: ' ', description: '', transcripts: [{ text: '\n \n' }] })
    const { document, run } = await openDesk(database, { chat: stage.model }).understand(item)
    expect(stage.asked).toEqual([])
    expect(run.status).toBe('partial')
    expect(document.abstentions.map(({ facet }) => facet)).toEqual([
      'transcript',
      'topics',
      'entities',
      'chapters',
      'suitability',
      'summary',
      'attributes',
    ])
    expect(document).toMatchObject({ summary: null, topics: [], texts: {} })
  })

  it("prefers the publisher's chapters and explicitness to those of any agent", async () => {
    const stage = cast({
      attributes: () => submits('attributes', { explicit: { value: 'clean', evidence: [{ segment: 0 }] } }),
    })
    const item = talk({
      explicit: true,
      chapters: [
        { startMs: 0, title: 'Lyon' },
        { startMs: 60_000, title: 'Cards' },
      ],
      durationMs: 90_000,
    })
    const { document } = await openDesk(database, { chat: stage.model }).understand(item, { effort: 'thorough' })
    expect(document.chapters).toMatchObject([
      { title: 'Lyon', startMs: 0, endMs: 60_000, origin: 'publisher' },
      { title: 'Cards', startMs: 60_000, endMs: 90_000, origin: 'publisher' },
    ])
    expect(stage.agents()).not.toContain('chapters')
    // What the publisher says is not the critic's to judge, and nothing else is said.
    expect(stage.agents()).not.toContain('critique')
    expect(document.attributes.explicit).toMatchObject({ value: 'explicit', origin: 'publisher', contested: false })
    expect(document.abstentions).toEqual([])
  })
})

describe('an item that is understood again', () => {
  it('ends at intake if it has not changed, with no new version and one exchange', async () => {
    const stage = cast({})
    const desk = openDesk(database, { chat: stage.model })
    await desk.understand(talk())
    const before = stage.asked.length
    const { run, document, steps, asked } = await desk.understand(talk())
    expect(run).toMatchObject({ status: 'unchanged', version: null })
    expect(document.version).toBe(1)
    expect(steps).toEqual(['intake.0'])
    expect(asked).toEqual(['intake.0.known.0'])
    expect(stage.asked).toHaveLength(before)
  })

  it('runs only a facet that is asked for by name', async () => {
    const desk = openDesk(database)
    await desk.understand(talk())
    const { steps, document } = await desk.understand(talk(), { requested: ['topics'] })
    expect(steps).toEqual([...BEFORE_AGENTS, 'topics.0', ...AFTER_AGENTS])
    expect(document.version).toBe(2)
  })

  it('calls only the agent whose setting changed, and reused facets have no step', async () => {
    const tenant = 'one-prompt'
    const first = await openDesk(database, { tenant, chat: cast({ summary: claims }).model }).understand(talk())
    const another = cast({}, { name: 'openai:another' })
    const chat = (agent: string) => (agent === 'topics' ? another.model(agent) : cast({ summary: claims }).model(agent))
    const { exchanges, steps, document } = await openDesk(database, { tenant, chat }).understand(talk())
    const agents = new Set(exchanges.map(({ node }) => node))
    expect([...agents].filter((node) => !['intake', 'neighbours', 'critique'].includes(node))).toEqual(['topics'])
    expect(steps).toEqual([...BEFORE_AGENTS, 'topics.0', ...AFTER_AGENTS])
    expect(document.summary).toEqual(first.document.summary)
    expect(document.provenance.facets.summary).toEqual(first.document.provenance.facets.summary)
    expect(document.provenance.facets.topics).toMatchObject({ run: document.provenance.runId, model: 'openai:another' })
  })

  it('does not make the chapters again if only its title changed', async () => {
    const desk = openDesk(database)
    await desk.understand(talk())
    const { steps } = await desk.understand(talk({ title: 'Cards' }))
    expect(steps).toEqual([...BEFORE_AGENTS, ...AGENTS.filter((step) => step !== 'chapters.0'), ...AFTER_AGENTS])
  })

  it('asks an agent again that failed before, although nothing changed', async () => {
    const stage = cast({
      topics: (_, times) =>
        times === 0
          ? new ModelError('unreachable', 'm at http://x does not answer')
          : submits('topics', { topics: [] }),
    })
    const desk = openDesk(database, { chat: stage.model })
    const first = await desk.understand(talk())
    expect(first.run.status).toBe('partial')
    expect(first.document.abstentions).toEqual([{ facet: 'topics', reason: 'm at http://x does not answer' }])
    expect(first.document.provenance.facets.summary).toBeDefined()
    const second = await desk.understand(talk())
    expect(second.steps.filter((step) => AGENTS.includes(step))).toEqual(['topics.0'])
    expect(second.document).toMatchObject({ version: 2, status: 'complete' })
    expect((await desk.understand(talk())).run.status).toBe('unchanged')
  })
})

describe('something that is unavailable', () => {
  it('lets the run go on without an index, and the document says that neighbours were not looked for', async () => {
    const desk = openDesk(database, {
      ports: {
        embedder: fakeEmbedder(),
        neighbours: () => () => Promise.reject(new SimilarityUnavailable('Qdrant at http://q does not answer')),
      },
    })
    const { document, run } = await desk.understand(talk())
    expect(run.status).toBe('partial')
    expect(document.abstentions).toEqual([
      { facet: 'similar', reason: 'neighbours were not looked at: Qdrant at http://q does not answer' },
    ])
    expect(document.provenance.notes).toContain('without neighbours: Qdrant at http://q does not answer')
    expect(document.similar).toEqual([])
    expect((await desk.understand(talk())).run.status, 'it is tried again').toBe('partial')
  })

  it('lets the run go on without vectors if a remote embedder is away, and says so', async () => {
    const embedder = fakeEmbedder({
      local: false,
      fails: new ModelError('unreachable', 'e at http://x does not answer'),
    })
    const { document, run } = await openDesk(database, { ports: { embedder } }).understand(talk())
    expect(run.status).toBe('partial')
    expect(document.abstentions).toEqual([
      {
        facet: 'similar',
        reason: 'neighbours were not looked at: the item has no vectors: e at http://x does not answer',
      },
    ])
    expect(document.provenance.notes).toContain('without vectors: e at http://x does not answer')
  })

  it('makes every agent abstain and name the language if neither engine nor embedder knows it', async () => {
    const item = talk({
      language: 'de',
      transcripts: [
        {
          text: 'Die ersten Webstühle lasen ihr Muster von hölzernen Karten, und jede Karte stand für eine Reihe des Tuches.',
          language: 'de',
        },
      ],
    })
    const desk = openDesk(database, { chat: () => extractive(), ports: { embedder: fakeEmbedder() } })
    const { document, run } = await desk.understand(item)
    expect(run.status).toBe('partial')
    expect(document.abstentions.map(({ facet }) => facet)).toEqual(
      expect.arrayContaining(['topics', 'entities', 'suitability', 'summary', 'attributes']),
    )
    for (const { reason } of document.abstentions) expect(reason).toContain('this item is in "de"')
    expect(document.provenance.notes).toEqual(['without neighbours: the embedder fake@1 does not read "de"'])
    // Asking again would end alike.
    expect((await desk.understand(item)).run.status).toBe('unchanged')
  })
})

describe('what agents are given', () => {
  const promptOf = (request: { messages: readonly { content: unknown }[] }) => JSON.stringify(request.messages)

  it('is the same transcript message for all of them, and the title only for those that read it', async () => {
    const stage = cast({})
    await openDesk(database, { chat: stage.model }).understand(talk())
    const asked = stage.asked.filter(({ agent }) => agent !== 'critique')
    const blocks = new Set(asked.map(({ request }) => JSON.stringify(request.messages.slice(0, 2))))
    expect(asked).toHaveLength(6)
    expect(blocks.size).toBe(1)
    for (const { agent, request } of asked)
      expect(promptOf(request).includes('Looms and numbers')).toBe(agent !== 'chapters')
  })

  it('is an outline if the transcript does not fit the model', async () => {
    const stage = cast({}, { contextTokens: 600 })
    const { document } = await openDesk(database, { chat: stage.model }).understand(talk())
    expect(document.status).toBe('complete')
    const transcript = stage.asked.find(({ agent }) => agent === 'topics')?.request.messages[1]?.content
    expect(transcript).toMatch(/^<outline sha256=/)
    expect(transcript).not.toContain(said(3).slice(-80))
  })

  it('is the artwork for the agent that looks at it, if its model can see', async () => {
    const item = talk({ artwork: { url: 'https://example.org/cover.png' } })
    for (const sees of [true, false]) {
      const stage = cast({}, { sees })
      await openDesk(database, { chat: stage.model }).understand(item)
      const shown = stage.asked.filter(({ request }) => promptOf(request).includes('cover.png'))
      expect(shown.map(({ agent }) => agent)).toEqual(sees ? ['attributes'] : [])
    }
  })

  it('is the artwork by the address that was given last, with its signature', async () => {
    const stage = cast({}, { sees: true })
    const artwork = { url: 'https://cdn.example/looms.png?sig=one' }
    await openDesk(database, { chat: stage.model }).understand(talk({ artwork }))
    const seen = stage.asked.find(({ agent }) => agent === 'attributes')
    expect(promptOf({ messages: seen?.request.messages ?? [] })).toContain(artwork.url)
  })
})

describe('rights', () => {
  const quote = said(0).slice(0, 150).trimEnd()
  const stage = () =>
    cast({ summary: () => submits('summary', { claims: [{ text: 'Looms.', evidence: [{ segment: 0, quote }] }] }) })
  it.each(['full', 'clipped', 'offsets'] as const)('%s', async (rights) => {
    const desk = openDesk(database, { chat: stage().model })
    const { document } = await desk.understand(talk({ rights }))
    const [evidence] = document.summary?.claims[0]?.evidence ?? []
    const text = await desk.repositories.texts.get('looms', evidence?.text ?? 'sha256:')
    const words = text?.text.slice(evidence?.start, evidence?.end) ?? ''
    expect(evidence?.quote).toBe(rights === 'offsets' ? undefined : words)
    if (rights === 'clipped') {
      expect(words.length).toBeLessThanOrEqual(90)
      expect(quote.startsWith(words)).toBe(true)
    } else expect(words).toBe(quote)
  })
})
