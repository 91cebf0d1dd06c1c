import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AGENT_NAMES } from '../../../graphs/agents/registry.ts'
import type { Database } from '../../../src/database/engine/connection.ts'
import { exchangeName } from '../../../src/ledger/exchange.ts'
import type { RecordedRun } from '../../../src/ledger/recorded-run.ts'
import { documentOfRun } from '../../../src/recordings/run-document.ts'
import { ForkRequest } from '../../../src/replay/fork/fork-request.ts'
import { openMemory } from '../../database/open-memory.ts'
import { anyAgent } from '../../support/any-agent.ts'
import { cast, openDesk, type Part, submits } from '../../support/desk.ts'
import { fakeEmbedder } from '../../support/fake-embedder.ts'
import { recorded as recordingOf, replayed } from '../../support/recorded.ts'
import { said, talk } from '../../support/talk.ts'

let database: Database
beforeAll(async () => {
  database = await openMemory()
})
afterAll(() => database.close())

const AGENTS = [...AGENT_NAMES].sort()
const quote = said(0).slice(0, said(0).indexOf('.', 20) + 1)
const claims =
  (text: string): Part =>
  () =>
    submits('summary', { claims: [{ text, evidence: [{ segment: 0, quote }] }] })

/** A run that is over, and another desk over the same store whose models are others. */
async function forked(
  request: Parameters<typeof ForkRequest.parse>[0],
  parts: Record<string, Part> = {},
  name = 'openai:cast',
) {
  const before = openDesk(database)
  const parent = await before.understand(talk())
  const record = await before.repositories.runs.get(parent.run.id)
  const stage = cast(parts, { name })
  const desk = openDesk(database, {
    tenant: before.tenant,
    deps: { modelNamed: () => anyAgent(stage, name) },
    chat: name === 'openai:cast' ? stage.model : cast({}).model,
  })
  const { id } = await desk.fork(parent.run.id, ForkRequest.parse(request))
  const run = await desk.runs.wait(id)
  if (run === null) throw new Error('the fork is gone')
  const recorded = await desk.repositories.trace.load(id)
  return { desk, parent, record, stage, run, recorded }
}

const paidNodes = ({ exchanges }: Pick<RecordedRun, 'exchanges'>) =>
  exchanges
    .filter(({ cost }) => cost !== null)
    .map(({ node }) => node)
    .sort()

describe('a fork at a step', () => {
  it('asks anew at the step and downstream, and is served everything else from the parent', async () => {
    const { run, parent, stage, recorded } = await forked({ at: 'topics' })
    expect(run).toMatchObject({ status: parent.run.status, version: null, parentRunId: parent.run.id, error: null })
    expect(stage.agents()).toEqual(['topics'])
    expect(recorded.exchanges.map(exchangeName).sort()).toEqual([...parent.asked].sort())
    expect(paidNodes(recorded)).toEqual(['topics'])
  })

  it('changes neither the parent nor what is published, and keeps its own document', async () => {
    const { desk, run, parent, record, recorded } = await forked(
      { at: 'summary.0' },
      { summary: claims('Cards drove looms.') },
    )
    expect((await desk.repositories.trace.load(parent.run.id)).exchanges).toEqual(parent.exchanges)
    expect(await desk.repositories.runs.get(parent.run.id)).toEqual(record)
    expect(await desk.repositories.understandings.current('looms')).toEqual(parent.document)
    const document = await documentOfRun(desk.repositories, run, recorded)
    expect(document?.provenance.runId).toBe(run.id)
    expect(JSON.stringify(document)).toContain('Cards drove looms.')
    expect(JSON.stringify(parent.document)).not.toContain('Cards drove looms.')
  })

  it('lets another model answer what is live, while the rest has the models it had', async () => {
    const { run, stage, recorded } = await forked({ at: 'topics', model: 'other' }, {}, 'openai:other')
    expect(run.error).toBeNull()
    expect(stage.asked.length).toBe(paidNodes(recorded).length)
    expect(paidNodes(recorded)).toEqual(['topics'])
  })
})

describe('a fork of live models', () => {
  it('asks all models, and nothing else that is recorded', async () => {
    const { run, stage, recorded } = await forked({ live: 'chat', model: 'other' }, {}, 'openai:other')
    expect(run).toMatchObject({ version: null, error: null })
    expect(stage.asked.length).toBe(paidNodes(recorded).length)
    expect(paidNodes(recorded)).toEqual(AGENTS)
    expect(recorded.exchanges.filter(({ cost }) => cost !== null).every(({ kind }) => kind === 'chat')).toBe(true)
  })

  it('makes what a model leads to that was never asked; strictly it ends there instead', async () => {
    const parentDesk = openDesk(database, { ports: { embedder: fakeEmbedder({ local: false }) } })
    const { run: parent } = await parentDesk.understand(talk())
    const topics: Part = (_, times) =>
      times === 0
        ? { toolCalls: [{ id: 'c', name: 'search_transcript', args: { query: 'wages', mode: 'meaning' } }] }
        : submits('topics', { topics: [] })
    const fork = async (strict: boolean) => {
      const embedder = fakeEmbedder({ local: false })
      const desk = openDesk(database, {
        tenant: parentDesk.tenant,
        ports: { embedder },
        chat: cast({ topics }).model,
      })
      const { id } = await desk.fork(parent.id, ForkRequest.parse({ live: 'chat', strict }))
      return { run: await desk.runs.wait(id), asked: embedder.texts }
    }
    expect(await fork(false)).toMatchObject({ run: { status: parent.status, error: null }, asked: ['wages'] })
    expect(await fork(true)).toMatchObject({
      run: { status: 'failed', error: 'Diverged: topics.0.embed.0 is not in the recording' },
      asked: [],
    })
  })
})

describe('a fork that dies', () => {
  it('is resumed as the same fork, and pays for nothing twice', async () => {
    const before = openDesk(database)
    const { run: parent } = await before.understand(talk())
    let arrived = () => {}
    const reached = new Promise<void>((done) => {
      arrived = done
    })
    const dying = cast({
      topics: (_, times, signal) => {
        if (times === 0) return { toolCalls: [{ id: 'c', name: 'read_metadata', args: {} }] }
        arrived()
        return new Promise((_done, fail) => {
          signal?.addEventListener('abort', () => fail(signal.reason), { once: true })
        })
      },
    })
    const first = openDesk(database, {
      tenant: before.tenant,
      deps: { modelNamed: () => anyAgent(dying, 'openai:other') },
    })
    const { id } = await first.fork(parent.id, ForkRequest.parse({ at: 'topics', model: 'other' }))
    await reached
    await first.runs.close()
    expect(dying.asked).toHaveLength(2)

    const stage = cast({})
    const siblings = cast({})
    const second = openDesk(database, {
      tenant: before.tenant,
      chat: siblings.model,
      deps: { modelNamed: () => anyAgent(stage, 'openai:other') },
    })
    expect(await second.runs.resume()).toBe(1)
    expect(await second.runs.wait(id)).toMatchObject({ attempt: 2, error: null, version: null, parentRunId: parent.id })
    expect(stage.agents()).toEqual(['topics'])
    expect(stage.asked).toHaveLength(1)
    expect(siblings.asked).toEqual([])
    const { exchanges } = await second.repositories.trace.load(id)
    expect(exchanges.filter(({ node, kind }) => node === 'topics' && kind === 'chat')).toHaveLength(2)
    expect(paidNodes({ exchanges })).toEqual(['topics', 'topics'])
  })
})

describe('a fork of a fork', () => {
  it('has, part by part, the models that its parents had', async () => {
    const { desk, run } = await forked({ at: 'topics', model: 'other' }, {}, 'openai:other')
    const { id } = await desk.fork(run.id, ForkRequest.parse({ at: 'publish' }))
    expect(await desk.runs.wait(id)).toMatchObject({ error: null, version: null })
    expect(paidNodes(await desk.repositories.trace.load(id))).toEqual([])
  })
})

describe('the recording of a fork', () => {
  it('holds its document and replays as identical, each part with its own models', async () => {
    const { desk, run } = await forked({ at: 'topics', model: 'other' }, {}, 'openai:other')
    const recording = await recordingOf(desk, run.id)
    expect(recording.run.version).toBeNull()
    expect(recording.document?.provenance.runId).toBe(run.id)
    expect(await replayed(recording)).toMatchObject({ identical: true, divergences: [], stale: [] })
  })
})
