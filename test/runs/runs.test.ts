import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../src/database/engine/connection.ts'
import { exchangeName } from '../../src/ledger/exchange.ts'
import { openMemory } from '../database/open-memory.ts'
import { cast, openDesk, type Part, submits } from '../support/desk.ts'
import { talk } from '../support/talk.ts'

let database: Database
beforeAll(async () => {
  database = await openMemory()
})
afterAll(() => database.close())

/** A part that waits until it is told to go on, or its call is aborted. */
function held(agent: string, answer: Parameters<typeof submits>[1]) {
  let go = () => {}
  let arrived = () => {}
  const gate = new Promise<void>((done) => {
    go = done
  })
  const reached = new Promise<void>((done) => {
    arrived = done
  })
  const part: Part = async (_, __, signal) => {
    arrived()
    await new Promise<void>((done, fail) => {
      signal?.addEventListener('abort', () => fail(signal.reason), { once: true })
      void gate.then(done)
    })
    return submits(agent, answer)
  }
  return { part, go, reached }
}

describe('runs of one item', () => {
  it('go one after another: the second finds what the first has published', async () => {
    const topics = held('topics', { topics: [] })
    const desk = openDesk(database, { chat: cast({ topics: topics.part }).model })
    const first = await desk.runs.submit(talk())
    const second = await desk.runs.submit(talk())
    await topics.reached
    expect(await desk.runs.wait(second.id, 20)).toMatchObject({ status: 'queued' })
    expect(await desk.runs.wait(first.id, 0)).toMatchObject({ status: 'running' })
    topics.go()
    await desk.runs.idle()
    expect(await desk.runs.wait(first.id)).toMatchObject({ status: 'complete', version: 1 })
    expect(await desk.runs.wait(second.id)).toMatchObject({ status: 'unchanged' })
  })

  it('do not hold up those of another', async () => {
    const topics = held('topics', { topics: [] })
    const chat = cast({
      topics: (request, times, signal) =>
        times === 0 ? topics.part(request, 0, signal) : submits('topics', { topics: [] }),
    })
    const desk = openDesk(database, { chat: chat.model })
    const slow = await desk.runs.submit(talk())
    await topics.reached
    const quick = await desk.runs.submit(talk({ id: 'other' }))
    expect(await desk.runs.wait(quick.id)).toMatchObject({ status: 'complete' })
    expect(await desk.runs.wait(slow.id, 0)).toMatchObject({ status: 'running' })
    topics.go()
    await desk.runs.idle()
  })
})

describe('runs that are submitted at once', () => {
  it('are claimed as they are stored as far as there is room; the others wait and hold no lease', async () => {
    const topics = held('topics', { topics: [] })
    const desk = openDesk(database, { chat: cast({ topics: topics.part }).model, deps: { concurrency: 2 } })
    const ids = ['a', 'b', 'c', 'a']
    const runs = await Promise.all(ids.map((id) => desk.runs.submit(talk({ id }))))
    expect(runs.map(({ status }) => status)).toEqual(['running', 'running', 'queued', 'queued'])
    await topics.reached
    const waiting = await desk.repositories.runs.list({ status: 'queued' }, {})
    expect(waiting.entries.map(({ leaseUntil, attempt }) => ({ leaseUntil, attempt }))).toEqual([
      { leaseUntil: null, attempt: 0 },
      { leaseUntil: null, attempt: 0 },
    ])
    topics.go()
    await desk.runs.idle()
    const ended = await Promise.all(runs.map(({ id }) => desk.repositories.runs.get(id)))
    expect(ended.map((run) => run?.status)).toEqual(['complete', 'complete', 'complete', 'unchanged'])
    expect(ended.map((run) => run?.attempt)).toEqual([1, 1, 1, 1])
  })
})

describe('cancelling', () => {
  it('a run that works: its calls are aborted, nothing is published, what was recorded stays', async () => {
    const topics = held('topics', { topics: [] })
    const desk = openDesk(database, { chat: cast({ topics: topics.part }).model })
    const { id } = await desk.runs.submit(talk())
    await topics.reached
    await expect.poll(async () => (await desk.repositories.trace.load(id)).exchanges.length).toBe(6)
    await desk.runs.cancel(id)
    expect(await desk.runs.wait(id)).toMatchObject({ status: 'cancelled', version: null })
    expect(await desk.repositories.understandings.current('looms')).toBeNull()
    const names = (await desk.repositories.trace.load(id)).exchanges.map(exchangeName)
    expect(names).toContain('summary.0.chat.0')
    expect(names).not.toContain('topics.0.chat.0')
    expect(await desk.runs.resume()).toBe(0)
  })

  it('a run that waits: it never starts', async () => {
    const topics = held('topics', { topics: [] })
    const desk = openDesk(database, { chat: cast({ topics: topics.part }).model })
    const first = await desk.runs.submit(talk())
    const second = await desk.runs.submit(talk({ title: 'Another' }))
    expect(await desk.runs.cancel(second.id)).toMatchObject({ status: 'cancelled' })
    topics.go()
    await desk.runs.idle()
    expect(await desk.runs.wait(first.id)).toMatchObject({ status: 'complete' })
    expect((await desk.repositories.trace.load(second.id)).exchanges).toEqual([])
  })

  it('a run whose owner died before it could act on it: whoever takes it over does', async () => {
    const { desk, tenant, id } = await interrupted()
    await desk.repositories.runs.requestCancel(id, 1)
    const stage = cast({})
    const next = openDesk(database, { tenant, chat: stage.model })
    await next.runs.resume()
    expect(await next.runs.wait(id)).toMatchObject({ status: 'cancelled', version: null })
    expect(stage.asked).toEqual([])
  })

  it('an unknown run is none', async () => {
    expect(await openDesk(database).runs.cancel('nope')).toBeNull()
    expect(await openDesk(database).runs.wait('nope')).toBeNull()
  })
})

/** A run whose process stopped while topics were asked for; all other agents have answered. */
async function interrupted() {
  const topics = held('topics', { topics: [] })
  const stage = cast({ topics: topics.part })
  const desk = openDesk(database, { chat: stage.model })
  const { id } = await desk.runs.submit(talk())
  await topics.reached
  await expect.poll(async () => (await desk.repositories.trace.load(id)).exchanges.length).toBe(6)
  await desk.runs.close()
  return { desk, tenant: desk.tenant, id, stage }
}

describe('a process that stops', () => {
  it('leaves its runs to whoever opens the folder next, who pays for nothing twice', async () => {
    const { desk, tenant, id, stage } = await interrupted()
    expect(await desk.runs.wait(id)).toMatchObject({ status: 'running', attempt: 1 })
    expect((await desk.repositories.trace.load(id)).steps.filter(({ error }) => error !== null)).toEqual([])
    const next = cast({})
    const after = openDesk(database, { tenant, chat: next.model })
    expect(await after.runs.resume()).toBe(1)
    expect(await after.runs.wait(id)).toMatchObject({ status: 'complete', attempt: 2, version: 1 })
    expect(stage.agents()).toEqual(['attributes', 'chapters', 'entities', 'suitability', 'summary', 'topics'])
    expect(next.agents()).toEqual(['topics'])
    const steps = (await after.repositories.trace.load(id)).steps
    expect(steps.find(({ node }) => node === 'topics')).toMatchObject({ error: null, visit: 0 })
    expect(await after.runs.resume()).toBe(0)
  })

  it('starts what was only queued, oldest first', async () => {
    const topics = held('topics', { topics: [] })
    const desk = openDesk(database, { chat: cast({ topics: topics.part }).model })
    const first = await desk.runs.submit(talk())
    const second = await desk.runs.submit(talk({ title: 'Another' }))
    await topics.reached
    await desk.runs.close()
    const next = openDesk(database, { tenant: desk.tenant })
    expect(await next.runs.resume()).toBe(2)
    await next.runs.idle()
    expect(await next.runs.wait(first.id)).toMatchObject({ status: 'complete', version: 1 })
    expect(await next.runs.wait(second.id)).toMatchObject({ status: 'complete', version: 2 })
  })
})

describe('two owners', () => {
  it('the one whose lease has passed can neither write nor publish, and ends nothing', async () => {
    const topics = held('topics', { topics: [] })
    const stale = openDesk(database, { chat: cast({ topics: topics.part }).model })
    const { id } = await stale.runs.submit(talk())
    await topics.reached
    const owner = openDesk(database, { tenant: stale.tenant })
    await owner.runs.resume()
    expect(await owner.runs.wait(id)).toMatchObject({ status: 'complete', attempt: 2 })
    topics.go()
    await stale.runs.idle()
    expect(await owner.runs.wait(id)).toMatchObject({ status: 'complete', attempt: 2, version: 1 })
    expect((await owner.repositories.understandings.versions('looms', {})).entries).toHaveLength(1)
    const names = (await owner.repositories.trace.load(id)).exchanges.map(exchangeName)
    expect(new Set(names).size).toBe(names.length)
    expect(stale.logged).toEqual([])
  })
})
