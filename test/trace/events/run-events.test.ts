import fc from 'fast-check'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../../src/database/engine/connection.ts'
import { createLedgerStore } from '../../../src/database/ledger/database-ledger.ts'
import type { RunRepository } from '../../../src/database/run-repository.ts'
import { createLedgerWriter } from '../../../src/ledger/ledger-writer.ts'
import { openCursor } from '../../../src/trace/events/event-cursor.ts'
import { createLiveRuns } from '../../../src/trace/events/live-runs.ts'
import type { RunEvent } from '../../../src/trace/events/run-event.ts'
import { followRun, type SentEvent } from '../../../src/trace/events/run-events.ts'
import { openMemory } from '../../database/open-memory.ts'
import { cast, openDesk, type Part, submits } from '../../support/desk.ts'
import { talk } from '../../support/talk.ts'

let database: Database
beforeAll(async () => {
  database = await openMemory()
})
afterAll(() => database.close())

const prose: Part = (_, times) => (times === 0 ? { content: 'Looms, I think.' } : submits('topics', { topics: [] }))

/** A desk whose runs can be followed. */
function open(parts: Record<string, Part> = {}, kept?: number) {
  const live = createLiveRuns(kept)
  const writer = live.watching(createLedgerWriter(createLedgerStore(database)))
  const desk = openDesk(database, { chat: cast({ topics: prose, ...parts }).model, deps: { live, writer } })
  const abort = new AbortController()
  const follow = (id: string, after?: string, signal = abort.signal) =>
    followRun(id, { after, signal }, { repositories: desk.repositories, live })
  const all = async (id: string, after?: string): Promise<SentEvent[]> => {
    const events: SentEvent[] = []
    for await (const sent of follow(id, after)) events.push(sent)
    return events
  }
  return { desk, live, follow, all }
}

/** A model that answers when it is told to. */
function gate() {
  let release: () => void = () => undefined
  const opened = new Promise<void>((done) => {
    release = done
  })
  let reached: () => void = () => undefined
  const asked = new Promise<void>((done) => {
    reached = done
  })
  const part: Part = async () => {
    reached()
    await opened
    return submits('summary', { claims: [] })
  }
  return { part, asked, release }
}

const nameOf = (event: RunEvent): string => {
  switch (event.type) {
    case 'run':
      return `run ${event.status}`
    case 'end':
      return `end ${event.status}`
    case 'step':
      return `${event.name} ${event.state}`
    case 'exchange':
      return event.name
    case 'rejected':
      return `${event.exchange} rejected`
  }
}
const names = (events: readonly SentEvent[]) => events.map(({ event }) => nameOf(event))

describe('the events of a run', () => {
  it('are all there afterwards: steps with their calls between start and end, what was sent back, the end', async () => {
    const { desk, all } = open()
    const { run, steps, asked } = await desk.understand(talk(), { effort: 'quick' })
    const events = await all(run.id)
    const said = names(events)
    expect(said[0]).toBe(`run ${run.status}`)
    expect(said.at(-1)).toBe(`end ${run.status}`)
    expect(said.filter((name) => name.endsWith(' ended')).sort()).toEqual(steps.map((name) => `${name} ended`).sort())
    expect(events.flatMap(({ event }) => (event.type === 'exchange' ? [event.name] : [])).sort()).toEqual(
      [...asked].sort(),
    )
    const at = (name: string) => said.indexOf(name)
    const order = [
      'topics.0 started',
      'topics.0.chat.0',
      'topics.0.chat.0 rejected',
      'topics.0.chat.1',
      'topics.0 ended',
    ].map(at)
    expect(order.every((place) => place > 0)).toBe(true)
    expect(order).toEqual([...order].sort((a, b) => a - b))
    expect(at('assemble.0 started')).toBeGreaterThan(at('summary.0 ended'))
  })

  it('go on after any of them without a gap and without repetition', async () => {
    const { desk, all } = open()
    const { run } = await desk.understand(talk(), { effort: 'quick' })
    const whole = await all(run.id)
    for (const [at, { id, event }] of whole.entries()) {
      // What was sent back goes again with the call that follows it; how the run stands is said first each time.
      if (event.type === 'rejected' || event.type === 'end') continue
      const rest = names(await all(run.id, id))
      expect([rest[0], ...rest.slice(1)]).toEqual([names(whole)[0], ...names(whole.slice(Math.max(at, 0) + 1))])
    }
  })

  it('are heard while the run goes on, and are the same ones then and afterwards', async () => {
    const held = gate()
    const { desk, live, all, follow } = open({ summary: held.part })
    const { id } = await desk.runs.submit(talk(), { effort: 'quick' })
    await held.asked
    const events: SentEvent[] = []
    const heard = new Promise<void>((done) => {
      void (async () => {
        for await (const sent of follow(id)) {
          events.push(sent)
          if (nameOf(sent.event) === 'entities.0 ended') done()
        }
      })()
    })
    await heard
    expect(names(events)).toContain('summary.0 started')
    expect(names(events)).not.toContain('summary.0 ended')
    expect(live.followers()).toBe(1)
    const middle = events.at(-1)?.id
    const second = all(id, middle)
    held.release()
    await desk.runs.wait(id)
    const rest = await second
    const whole = await all(id)
    const bare = (list: readonly SentEvent[]) => names(list).filter((name) => !name.startsWith('run '))
    expect([...bare(events.slice(0, events.findIndex((one) => one.id === middle) + 1)), ...bare(rest)].sort()).toEqual(
      bare(whole).sort(),
    )
    expect(names(rest)).toContain('publish.0 ended')
    expect(names(rest).at(-1)).toMatch(/^end (complete|partial)$/)
    await expect.poll(() => live.followers()).toBe(0)
    // Ids are places in the ledger: those of the live stream are understood afterwards.
    expect(bare(await all(id, middle)).sort()).toEqual(bare(rest).sort())
  })

  it('are complete for somebody slow too, with little kept for them', async () => {
    const held = gate()
    const { desk, all, follow } = open({ summary: held.part }, 2)
    const { id } = await desk.runs.submit(talk(), { effort: 'quick' })
    await held.asked
    const events: SentEvent[] = []
    for await (const sent of follow(id)) {
      events.push(sent)
      // Everything else happens while this one is being read.
      if (nameOf(sent.event) === 'summary.0 started') {
        held.release()
        await desk.runs.wait(id)
      }
    }
    expect(
      names(events)
        .filter((name) => !name.startsWith('run '))
        .sort(),
    ).toEqual(
      names(await all(id))
        .filter((name) => !name.startsWith('run '))
        .sort(),
    )
  })

  it('end when nobody listens any more, and when the process stops', async () => {
    const held = gate()
    const { desk, live, follow } = open({ summary: held.part })
    const { id } = await desk.runs.submit(talk(), { effort: 'quick' })
    await held.asked
    const gone = new AbortController()
    const left = (async () => {
      for await (const { event } of follow(id, undefined, gone.signal))
        if (nameOf(event) === 'summary.0 started') gone.abort()
    })()
    await left
    expect(live.followers()).toBe(0)
    const stopped = (async () => {
      const seen: string[] = []
      for await (const { event } of follow(id)) {
        seen.push(nameOf(event))
        if (nameOf(event) === 'summary.0 started') live.close()
      }
      return seen
    })()
    expect((await stopped).some((name) => name.startsWith('end'))).toBe(false)
    expect(live.followers()).toBe(0)
    held.release()
    await desk.runs.wait(id)
  })

  it('tell of a run that fails, of one that is cancelled before it begins, and of one that is deleted meanwhile', async () => {
    const desk = openDesk(database, {
      deps: { graph: { invoke: () => Promise.reject(new Error('out of luck')) } },
    })
    const { repositories } = desk
    const { signal } = new AbortController()
    const end = async (id: string, runs: Pick<RunRepository, 'get'> = repositories.runs) => {
      const events: RunEvent[] = []
      const known = { runs: { ...repositories.runs, ...runs }, trace: repositories.trace }
      for await (const { event } of followRun(id, { signal }, { repositories: known, live: createLiveRuns() }))
        events.push(event)
      return events.at(-1)
    }
    const failed = await desk.runs.submit(talk())
    await desk.runs.wait(failed.id)
    expect(await end(failed.id)).toEqual({ type: 'end', status: 'failed', version: null, error: 'out of luck' })

    const queued = await repositories.runs.create({ ...failed, id: v7(), item: talk() })
    const heard = end(queued.id)
    await repositories.runs.requestCancel(queued.id, Date.now())
    expect(await heard).toMatchObject({ type: 'end', status: 'cancelled' })

    let looked = 0
    const get = async () => (looked++ === 0 ? { ...failed, status: 'running' as const } : null)
    expect(await end(failed.id, { get })).toMatchObject({ type: 'end', status: 'deleted' })
  })
})

describe('a place in a run', () => {
  const position = fc.record({
    superstep: fc.nat(30),
    step: fc.constantFrom('topics.0', 'chapters.0', 'a.b.1'),
    n: fc.oneof(fc.nat(50), fc.constant('*' as const)),
  })

  it('says the same as text', () => {
    fc.assert(
      fc.property(fc.array(position, { maxLength: 30 }), position, (sent, asked) => {
        const cursor = openCursor()
        for (const one of sent) cursor.advance(one)
        const again = openCursor(cursor.id())
        for (const one of [...sent, asked]) expect(again.has(one)).toBe(cursor.has(one))
        for (const one of sent) expect(cursor.has(one)).toBe(true)
      }),
    )
  })

  it('is the beginning where the text is none', () => {
    for (const id of ['', 'x', '6', '6:', '-1:a=1', `1:${'a=1,'.repeat(1000)}`, '99999999999:a=1'])
      expect(openCursor(id).has({ superstep: 7, step: 'a', n: 0 })).toBe(false)
  })
})
