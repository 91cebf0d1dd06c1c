import { describe, expect, it } from 'vitest'
import { canonical, LIFT_AT } from '../../src/ledger/canonical.ts'
import {
  Cancelled,
  Diverged,
  ExchangeFailed,
  Interrupted,
  LedgerUnavailable,
  Refused,
} from '../../src/ledger/interruptions.ts'
import { openSession, type SessionOptions } from '../../src/ledger/ledger-session.ts'
import { StaleAttempt } from '../../src/ledger/ledger-store.ts'
import { createLedgerWriter } from '../../src/ledger/ledger-writer.ts'
import { live, type Policy, replay, replayNearest } from '../../src/ledger/policies.ts'
import type { Recorded } from '../../src/ledger/recorded-calls.ts'
import { ModelError } from '../../src/models/chat-model.ts'
import { ask, memoryStore, nothing, owner, recording } from './ledger-samples.ts'

const topics = { node: 'topics', visit: 0 }
const never = () => Promise.reject(new Error('performed though it should have been served'))

function open(change: Partial<SessionOptions> = {}) {
  const store = memoryStore()
  const writer = createLedgerWriter(store)
  return { store, session: openSession({ owner, policy: live, own: nothing, writer, ...change }) }
}

describe('a live session', () => {
  it('performs, and has the answer written before anyone acts on it', async () => {
    const { store, session } = open()
    const gate = store.hold()
    let acted = false
    const answered = session
      .at(topics)
      .exchange(ask({ q: 1 }, async () => ({ a: 1 })))
      .then(() => {
        acted = true
      })
    await expect.poll(() => store.appends.length).toBe(1)
    expect(acted).toBe(false)
    gate.release()
    await answered
    expect(store.names()).toEqual(['topics.0.chat.0'])
    expect(session.counts()).toEqual({ served: 0, performed: 1 })
  })

  it('counts positions by kind and repeats by request, afresh in every visit', async () => {
    const { store, session } = open()
    const scope = session.at(topics)
    const one = async () => 1
    await scope.exchange(ask('a', one))
    await scope.exchange(ask('b', one))
    await scope.exchange(ask('a', one))
    await scope.exchange(ask('a', one, { kind: 'known' }))
    await session.at({ node: 'topics', visit: 1 }).exchange(ask('a', one))
    const rows = store.recorded().exchanges.map(({ visit, kind, n, nth }) => `${visit} ${kind} ${n} ${nth}`)
    expect(rows).toEqual(['0 chat 0 0', '0 chat 1 0', '0 chat 2 1', '0 known 0 0', '1 chat 0 0'])
  })

  it('gives callers the answer as it will come back: live and replay see the same value', async () => {
    const answer = { text: 'x\ud800', gone: undefined, long: 'y'.repeat(LIFT_AT), $blob: 'z' }
    const { store, session } = open()
    const seen = await session.at(topics).exchange(ask('a', async () => answer))
    expect(seen).toEqual({ text: 'x\ufffd', long: 'y'.repeat(LIFT_AT), $blob: 'z' })
    const again = open({ policy: replay, base: store.recorded(), writer: null })
    expect(await again.session.at(topics).exchange(ask('a', never))).toEqual(seen)
  })

  it('adds up what calls cost; one unknown price makes the sum unknown', async () => {
    const { session } = open()
    const cost = (usd: number | null) => () => ({ inputTokens: 10, cachedTokens: 4, outputTokens: 2, usd })
    const scope = session.at(topics)
    await scope.exchange(ask('a', async () => 1, { cost: cost(0.5) }))
    await scope.exchange(ask('b', async () => 1, { cost: cost(0.25) }))
    expect(session.spent()).toEqual({ inputTokens: 20, cachedTokens: 8, outputTokens: 4, usd: 0.75 })
    await scope.exchange(ask('c', async () => 1, { cost: cost(null) }))
    expect(session.spent()).toMatchObject({ inputTokens: 30, usd: null })
  })

  it('adds up estimates beside: what they cost is not known, and a budget can count them', async () => {
    const { session } = open()
    const tokens = { inputTokens: 10, cachedTokens: 0, outputTokens: 2 }
    const scope = session.at(topics)
    await scope.exchange(ask('a', async () => 1, { cost: () => ({ ...tokens, usd: 0.5 }) }))
    await scope.exchange(ask('b', async () => 1, { cost: () => ({ ...tokens, usd: null, estimatedUsd: 0.25 }) }))
    await scope.exchange(ask('c', async () => 1, { cost: () => ({ ...tokens, usd: 0.25 }) }))
    expect(session.spent()).toMatchObject({ inputTokens: 30, usd: null, estimatedUsd: 1 })
    await scope.exchange(ask('d', async () => 1, { cost: () => ({ ...tokens, usd: null }) }))
    expect(session.spent()).toMatchObject({ usd: null, estimatedUsd: null })
    expect(session.counted(), 'what is known counts, whatever is not').toEqual({ usd: 1, tokens: 48 })
  })

  it('stores a text that many requests hold once', async () => {
    const { store, session } = open()
    const transcript = 'words '.repeat(LIFT_AT)
    for (const q of [1, 2, 3])
      await session.at({ node: `n${q}`, visit: 0 }).exchange(ask({ transcript, q }, async () => q))
    const texts = store.appends.flat().flatMap(({ blobs }) => blobs.map(({ text }) => text))
    expect(texts.filter((text) => text === transcript)).toHaveLength(1)
  })
})

describe('what fails', () => {
  const fails = (error: Error) => ask('a', () => Promise.reject(error))
  const tried = [{ reason: 'server: 500', waitedMs: 12 }]

  it('is recorded and served as the same error, with kind and retries', async () => {
    const { store, session } = open()
    const error = new ModelError('rate_limited', 'the model is busy; wait', tried)
    const alive = await session
      .at(topics)
      .exchange(fails(error))
      .catch((e: unknown) => e)
    const again = open({ own: store.recorded() })
    const served = await again.session
      .at(topics)
      .exchange(ask('a', never))
      .catch((e: unknown) => e)
    for (const seen of [alive, served]) {
      expect(seen).toBeInstanceOf(ExchangeFailed)
      expect(seen).toMatchObject({
        message: 'the model is busy; wait',
        error: 'ModelError',
        kind: 'rate_limited',
        retries: tried,
      })
    }
    expect(store.recorded().exchanges[0]).toMatchObject({ outcome: 'error', retries: 1, cost: null })
  })

  it.each([
    ['an abort', new DOMException('aborted', 'AbortError')],
    ['a cancelled run', new Cancelled('stop')],
    ['a process that stops', new Interrupted('stop')],
    ['a lost lease', new StaleAttempt('r', 1)],
    ['a divergence', new Diverged({ ...topics, kind: 'chat', n: 0, requestHash: 'sha256:x', nth: 0 }, undefined)],
  ])('is never recorded and passes as it is: %s', async (_, error) => {
    const { store, session } = open()
    await expect(session.at(topics).exchange(fails(error))).rejects.toBe(error)
    await session.settle()
    expect(store.names()).toEqual([])
  })

  it('is no answer once the run is aborted, whatever the port makes of it', async () => {
    const abort = new AbortController()
    const { store, session } = open({ signal: abort.signal })
    const perform = async () => {
      abort.abort(new Interrupted('stop'))
      throw new TypeError('terminated')
    }
    await expect(session.at(topics).exchange(ask('a', perform))).rejects.toThrow('terminated')
    await session.settle()
    expect(store.names()).toEqual([])
  })

  it('is recorded though aborted if it is an answer: it was paid', async () => {
    const abort = new AbortController()
    const { store, session } = open({ signal: abort.signal })
    const perform = async () => {
      abort.abort(new Interrupted('stop'))
      return 1
    }
    await session.at(topics).exchange(ask('a', perform))
    expect(store.names()).toHaveLength(1)
  })

  it('cannot be acted on where it cannot be written', async () => {
    const { store, session } = open()
    store.failNext(new Error('no space left on device'))
    await expect(session.at(topics).exchange(ask('a', async () => 1))).rejects.toBeInstanceOf(LedgerUnavailable)
  })
})

describe('a run that is executed again', () => {
  it('is served what it paid for, whatever the policy says, and performs the rest', async () => {
    const own = recording([{ request: 'a', response: 'A' }])
    for (const policy of [live, replay, (): 'refuse' => 'refuse'] satisfies Policy[]) {
      const { session } = open({ own, policy })
      expect(await session.at(topics).exchange(ask('a', never))).toBe('A')
    }
    const { session, store } = open({ own })
    const scope = session.at(topics)
    await scope.exchange(ask('a', never))
    expect(await scope.exchange(ask('b', async () => 'B'))).toBe('B')
    expect(session.counts()).toEqual({ served: 1, performed: 1 })
    expect(store.names()).toEqual(['topics.0.chat.1'])
  })

  it('knows what it has spent from the start, so that a budget holds over attempts', () => {
    const cost = { inputTokens: 5, cachedTokens: 0, outputTokens: 5, usd: 2 }
    const { session } = open({ own: recording([{ request: 'a', response: 'A', cost }]) })
    expect(session.spent()).toEqual(cost)
  })

  it('gives identical parallel requests their answers in order of asking', async () => {
    const own = recording([
      { request: 'a', response: 'first', nth: 0 },
      { request: 'a', response: 'second', nth: 1 },
    ])
    const scope = open({ own }).session.at(topics)
    const asked = [0, 1, 2].map(() => scope.exchange(ask('a', async () => 'third')))
    expect(await Promise.all(asked)).toEqual(['first', 'second', 'third'])
  })

  it('writes what changed code asks for beside the rows that stand, never under their names', async () => {
    const own = recording([
      { request: 'old 0', response: 0 },
      { request: 'old 1', response: 1 },
    ])
    const { session, store } = open({ own })
    const scope = session.at(topics)
    await Promise.all(['new 0', 'new 1', 'new 2'].map((request) => scope.exchange(ask(request, async () => 1))))
    expect(store.names()).toEqual(['topics.0.chat.2', 'topics.0.chat.3', 'topics.0.chat.4'])
  })

  it('stops where its ledger does not hold an answer: no agent may take that for one', async () => {
    const own: Recorded = { ...recording([{ request: 'a', response: 'A' }]), blob: () => undefined }
    await expect(open({ own }).session.at(topics).exchange(ask('a', never))).rejects.toBeInstanceOf(LedgerUnavailable)
  })
})

describe('a budget that is spent', () => {
  it('refuses, records that, and refuses alike when the run is executed again', async () => {
    const { store, session } = open({ policy: () => 'refuse' })
    const refused = await session
      .at(topics)
      .exchange(ask('a', never))
      .catch((e: unknown) => e)
    await session.settle()
    expect(store.recorded().exchanges[0]).toMatchObject({ outcome: 'refused', cost: null })
    const served = await open({ own: store.recorded() })
      .session.at(topics)
      .exchange(ask('a', never))
      .catch((e: unknown) => e)
    expect(refused).toBeInstanceOf(Refused)
    expect(served).toEqual(refused)
  })
})

describe('a replay', () => {
  const base = recording([
    { request: { q: 'a' }, response: 'A' },
    { request: { q: 'b' }, response: 'B' },
    { request: { q: 'z' }, response: { message: 'down' }, outcome: 'error' },
  ])

  it('serves the recording, performs nothing and writes nothing', async () => {
    const { session } = open({ policy: replay, base, writer: null })
    const scope = session.at(topics)
    expect(await scope.exchange(ask({ q: 'a' }, never))).toBe('A')
    expect(await scope.exchange(ask({ q: 'b' }, never))).toBe('B')
    await expect(scope.exchange(ask({ q: 'z' }, never))).rejects.toThrow(new ExchangeFailed('down', 'Error', null, []))
    expect(session.counts()).toEqual({ served: 3, performed: 0 })
    expect(session.unused()).toEqual([])
  })

  it('goes on with the recorded answer at the same position where that is allowed, once an answer', async () => {
    const { session, store } = open({ policy: replayNearest, base })
    const scope = session.at(topics)
    expect(await scope.exchange(ask({ q: 'other' }, never))).toBe('A')
    expect(session.diverged()).toMatchObject([{ nearMiss: { n: 0 }, request: { q: 'other' } }])
    await expect(session.at({ node: 'topics', visit: 7 }).exchange(ask({ q: 'more' }, never))).rejects.toThrow(Diverged)
    await expect(session.at(topics).exchange(ask({ q: 'again' }, never))).rejects.toThrow(Diverged)
    await session.settle()
    expect(store.names()).toEqual(['topics.0.chat.0'])
  })

  it('diverges where something else is asked, and names what stands at that position', async () => {
    const { session } = open({ policy: replay, base, writer: null })
    const scope = session.at(topics)
    await scope.exchange(ask({ q: 'a' }, never))
    const error = await scope.exchange(ask({ q: 'B!' }, never)).catch((e: unknown) => e)
    expect(error).toBeInstanceOf(Diverged)
    expect(error).toMatchObject({ call: { node: 'topics', n: 1 }, nearMiss: base.exchanges[1] })
    const further = await session
      .at({ node: 'entities', visit: 0 })
      .exchange(ask('x', never))
      .catch((e: unknown) => e)
    expect(further).toMatchObject({ nearMiss: undefined, message: 'entities.0.chat.0 is not in the recording' })
  })

  it('lists what it did not ask for', async () => {
    const { session } = open({ policy: replay, base, writer: null })
    await session.at(topics).exchange(ask({ q: 'b' }, never))
    expect(session.unused()).toEqual([base.exchanges[0], base.exchanges[2]])
  })
})

describe('a fork', () => {
  const long = 'long '.repeat(LIFT_AT)
  const cost = { inputTokens: 5, cachedTokens: 0, outputTokens: 5, usd: 2 }
  const base = recording([{ request: 'a', response: { long }, cost, ms: 70 }])

  it('copies what it is served as rows of its own that cost nothing, blobs and all', async () => {
    const { session, store } = open({ policy: replay, base })
    await session.at(topics).exchange(ask('a', never))
    await session.settle()
    expect(store.recorded().exchanges[0]).toMatchObject({ cost: null, ms: 70, n: 0 })
    expect(session.spent().usd).toBe(0)
    // Its parent is pruned.
    const resumed = open({ own: store.recorded(), base: nothing, policy: replay })
    expect(await resumed.session.at(topics).exchange(ask('a', never))).toEqual({ long })
  })

  it('has used the recording also where its own copy answers after a crash', async () => {
    const { session } = open({ own: recording([{ request: 'a', response: 1 }]), base, policy: replay })
    await session.at(topics).exchange(ask('a', never))
    expect(session.unused()).toEqual([])
  })
})

describe('steps', () => {
  it('are recorded with their update as a blob, or with their error', async () => {
    const { session, store } = open()
    const step = { ...topics, superstep: 3, startedAt: 1, ms: 2 }
    await session.recordStep({ ...step, error: null }, { drafts: {} })
    await session.recordStep({ ...step, node: 'entities', error: 'Error: no' }, undefined)
    await session.settle()
    expect(store.steps).toEqual([
      { ...step, error: null, update: canonical({ drafts: {} }).hash },
      { ...step, node: 'entities', error: 'Error: no', update: null },
    ])
  })
})
