import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../../src/database/engine/connection.ts'
import { exchangeName, stepName } from '../../../src/ledger/exchange.ts'
import { ForkRequest } from '../../../src/replay/fork/fork-request.ts'
import { openMemory } from '../../database/open-memory.ts'
import { anyAgent } from '../../support/any-agent.ts'
import { analysis, cast, openDesk, type Part } from '../../support/desk.ts'
import { recorded, replayed } from '../../support/recorded.ts'
import { talk } from '../../support/talk.ts'

let database: Database
beforeAll(async () => {
  database = await openMemory()
})
afterAll(() => database.close())

const FINISHED = ['attributes', 'chapters', 'entities']

const readsMetadata = { toolCalls: [{ id: 'c', name: 'read_metadata', args: {} }] }
const untilStopped = (signal: AbortSignal | undefined): Promise<never> =>
  new Promise((_done, fail) => signal?.addEventListener('abort', () => fail(signal.reason), { once: true }))
const stopsAtOnce: Part = (_request, _times, signal) => untilStopped(signal)
const stopsHalfWay: Part = (_request, times, signal) => (times === 0 ? readsMetadata : untilStopped(signal))

/** A run that was cancelled when three agents had answered, `summary` was half way, and two had no answer yet. */
async function cancelled() {
  const stage = cast({ topics: stopsAtOnce, suitability: stopsAtOnce, summary: stopsHalfWay })
  const desk = openDesk(database, { chat: stage.model })
  const { id } = await desk.runs.submit(talk())
  await expect
    .poll(
      async () => {
        const { steps, exchanges } = await desk.repositories.trace.load(id)
        return [...steps.map(stepName), ...exchanges.map(exchangeName)]
      },
      { timeout: 20_000 },
    )
    .toEqual(expect.arrayContaining([...FINISHED.map((node) => `${node}.0`), 'summary.0.chat.0']))
  await expect.poll(() => stage.asked.length, { timeout: 20_000 }).toBe(FINISHED.length + 4)
  await desk.runs.cancel(id)
  expect(await desk.runs.wait(id)).toMatchObject({ status: 'cancelled' })
  return { tenant: desk.tenant, parent: id }
}

async function fork({ tenant, parent }: { tenant: string; parent: string }, request: object, name = 'openai:cast') {
  const stage = cast({}, { name })
  const desk = openDesk(database, { tenant, chat: stage.model, deps: { modelNamed: () => anyAgent(stage, name) } })
  const { id } = await desk.fork(parent, ForkRequest.parse(request))
  const run = await desk.runs.wait(id)
  const { exchanges } = await desk.repositories.trace.load(id)
  const served = exchanges.filter(({ kind, cost }) => kind === 'chat' && cost === null).map(exchangeName)
  return { desk, id, run, stage, served: served.sort() }
}

describe('a fork of a cancelled run', { timeout: 60_000 }, () => {
  it('is live where the run had not come to an end, and is served what the run holds', async () => {
    const { run, stage, served } = await fork(await cancelled(), { at: 'topics' })
    expect(run).toMatchObject({ status: 'complete', error: null, version: null })
    expect(stage.agents()).toEqual(['suitability', 'summary', 'topics'])
    expect(stage.asked).toHaveLength(3)
    expect(served).toEqual([...FINISHED.map((node) => `${node}.0.chat.0`), 'summary.0.chat.0'])
  })

  it('asks another model from the start of what was left unfinished, and replays as identical', async () => {
    const { desk, id, run, stage, served } = await fork(
      await cancelled(),
      { at: 'topics', model: 'other' },
      'openai:other',
    )
    expect(run).toMatchObject({ status: 'complete', error: null })
    expect(stage.agents()).toEqual(['suitability', 'summary', 'topics'])
    expect(served).toEqual(FINISHED.map((node) => `${node}.0.chat.0`))
    expect(await replayed(await recorded(desk, id))).toMatchObject({ identical: true, divergences: [] })
    const again = await desk.fork(id, ForkRequest.parse({ at: 'publish' }))
    expect(await desk.runs.wait(again.id)).toMatchObject({ status: 'complete', error: null })
  })

  it('may change the prompt of what was left unfinished, and not of what was answered', async () => {
    const parent = await cancelled()
    const { run, served } = await fork(parent, { at: 'topics', prompts: { summary: 'entities/v1' } })
    expect(run).toMatchObject({ status: 'complete', error: null })
    expect(served).not.toContain('summary.0.chat.0')
    await expect(fork(parent, { at: 'topics', prompts: { entities: 'topics/v1' } })).rejects.toThrow(
      /^entities\.0 stays as it was recorded/,
    )
  })

  it('is refused at a step that the run never came to', async () => {
    await expect(fork(await cancelled(), { at: 'assemble' })).rejects.toThrow(
      /^assemble\.0 was never visited in run .+, which was cancelled before; it visited intake\.0, .+summary\.0/,
    )
  })
})

describe('a fork of a failed run', () => {
  it('goes on where it failed, and nowhere further', async () => {
    const segment = () => Promise.reject(new Error('cannot be cut'))
    const desk = openDesk(database, { deps: { analysis: { ...analysis, segment } } })
    const { id: parent } = await desk.runs.submit(talk())
    expect(await desk.runs.wait(parent)).toMatchObject({ status: 'failed' })
    const { run } = await fork({ tenant: desk.tenant, parent }, { at: 'segment' })
    expect(run).toMatchObject({ status: 'complete', error: null, parentRunId: parent })
    await expect(fork({ tenant: desk.tenant, parent }, { at: 'topics' })).rejects.toThrow(
      /^topics\.0 was never visited in run .+, which failed before; it visited intake\.0, transcript\.0, segment\.0$/,
    )
  })
})

describe('a fork of a run that reused facets', () => {
  it('runs an agent live that the run had no use for, where another prompt makes it run', async () => {
    const desk = openDesk(database)
    await desk.understand(talk())
    const { run: parent, steps } = await desk.understand(talk(), { requested: ['topics'] })
    expect(steps).not.toContain('summary.0')
    const prompts = { summary: 'entities/v1' }
    const { run, stage } = await fork({ tenant: desk.tenant, parent: parent.id }, { at: 'topics', prompts })
    expect(run).toMatchObject({ status: 'complete', error: null })
    expect(stage.agents()).toEqual(['summary', 'topics'])
  })
})
