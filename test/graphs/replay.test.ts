import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AGENT_PROMPTS, AGENTS } from '../../graphs/agents/registry.ts'
import { understanding as graph } from '../../graphs/understanding.ts'
import type { Item } from '../../src/content/item.ts'
import { placeDocument, type Understanding } from '../../src/content/understanding-schema.ts'
import type { Database } from '../../src/database/engine/connection.ts'
import { Diverged } from '../../src/ledger/interruptions.ts'
import { nothingRecorded, openSession } from '../../src/ledger/ledger-session.ts'
import { replay } from '../../src/ledger/policies.ts'
import type { Recorded } from '../../src/ledger/recorded-calls.ts'
import type { GraphSettings } from '../../src/ledger/run-configuration-schema.ts'
import { createGraphContext } from '../../src/runs/graph-context.ts'
import type { RealPorts } from '../../src/runs/recorded-ports.ts'
import { identitiesOf } from '../../src/runs/run-configuration.ts'
import { loadTaxonomies } from '../../src/taxonomy/taxonomy.ts'
import { openMemory } from '../database/open-memory.ts'
import { analysis, cast, openDesk, type Part, submits } from '../support/desk.ts'
import { talk } from '../support/talk.ts'

let database: Database
let document: Understanding
let base: Recorded
beforeAll(async () => {
  database = await openMemory()
  const desk = openDesk(database, { chat: cast(parts).model })
  const run = await desk.understand(talk(), { effort: 'thorough' })
  document = run.document
  base = await desk.repositories.trace.load(run.run.id)
})
afterAll(() => database.close())

const parts: Record<string, Part> = {
  topics: (_, times) =>
    times === 0
      ? { toolCalls: [{ id: 'c1', name: 'lookup_taxonomy', args: { by: 'name', query: 'Computing' } }] }
      : submits('topics', { topics: [{ id: '596', evidence: [{ segment: 3 }] }] }),
  summary: () => submits('summary', { claims: [{ text: 'Looms read cards.', evidence: [{ segment: 0 }] }] }),
}

/** Today's graph on the recording: no model, no database, no clock of its own answers anything. */
async function replayOf(item: Item) {
  const away = () => Promise.reject(new Error('a replay asked the outside world'))
  const unreachable = cast(Object.fromEntries([...AGENTS, { name: 'critique' }].map(({ name }) => [name, away])))
  const session = openSession({
    owner: { tenant: 'default', itemId: 'looms', runId: 'replay', attempt: 1 },
    policy: replay,
    own: nothingRecorded,
    base,
    writer: null,
  })
  const taxonomies = loadTaxonomies()
  const { signal } = new AbortController()
  const published: Understanding[] = []
  const ports: RealPorts = {
    chat: unreachable.model,
    secondOpinion: null,
    embedder: null,
    fetcher: null,
    transcriber: null,
    known: away,
    neighbours: away,
    price: () => 0,
    clock: () => 0,
  }
  const settings: GraphSettings = {
    effort: 'thorough',
    requested: [],
    prompts: AGENT_PROMPTS,
    engine: 'openai:cast',
    limits: { rounds: null, maxOutputTokens: null },
    maxTranscriptChars: null,
    ports: identitiesOf(ports, true),
  }
  const run = createGraphContext({
    run: { id: document.provenance.runId, parentId: null },
    itemId: 'looms',
    item,
    settingsAt: () => settings,
    ports,
    session,
    taxonomies,
    taxonomyVersion: taxonomies.version,
    analysis,
    signal,
    recordStep: (step, update) => session.recordStep(step, update),
    publish: async ({ document }) => {
      published.push(placeDocument(document, { version: 1, seq: 1 }))
      return { version: 1, seq: 1 }
    },
    unpriced: [],
  })
  const failed = await graph.invoke({}, { context: { run }, signal }).then(
    () => null,
    (error: unknown) => error,
  )
  return { failed, published: published[0], session, performed: unreachable.asked.length }
}

/** Without what two executions may differ in. */
const lasting = ({ seq: _, version: __, provenance, ...rest }: Understanding) => ({
  ...rest,
  provenance: {
    ...provenance,
    ms: 0,
    facets: Object.fromEntries(Object.entries(provenance.facets).map(([name, facet]) => [name, { ...facet, ms: 0 }])),
  },
})

describe('a replay of a whole run', () => {
  it('performs nothing, asks for everything that was recorded, and makes the same document', async () => {
    const { failed, published, session, performed } = await replayOf(talk())
    expect(failed).toBeNull()
    expect(performed).toBe(0)
    expect(session.counts()).toEqual({ served: base.exchanges.length, performed: 0 })
    expect(session.unused()).toEqual([])
    expect(published && lasting(published)).toEqual(lasting(document))
  })

  it('of a changed item diverges at the agents that read the change, and publishes no document', async () => {
    const { failed, published, session, performed } = await replayOf(talk({ title: 'Another title' }))
    // The superstep ends before the replay does, so all of its divergences are known.
    const diverged: unknown[] = failed instanceof AggregateError ? failed.errors : []
    expect(diverged.every((error) => error instanceof Diverged)).toBe(true)
    expect(diverged.flatMap((error) => (error instanceof Diverged ? [error.call.node] : [])).sort()).toEqual([
      'attributes',
      'entities',
      'suitability',
      'summary',
      'topics',
    ])
    expect(performed).toBe(0)
    expect(published).toBeUndefined()
    // Chapters do not read the title: their exchange is served, in the superstep that diverges too.
    expect(session.unused().map(({ node }) => node)).not.toContain('chapters')
    expect(session.unused().map(({ node }) => node)).toContain('topics')
  })
})
