import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sha256 } from '../../src/content/text/hash.ts'
import type { Database } from '../../src/database/engine/connection.ts'
import { exchangeName } from '../../src/ledger/exchange.ts'
import type { Embedder } from '../../src/models/embedder.ts'
import { extractive } from '../../src/models/extractive/extractive-model.ts'
import { createVectorShelf } from '../../src/replay/served-vectors.ts'
import { openMemory } from '../database/open-memory.ts'
import { cast, openDesk, type Part, submits } from '../support/desk.ts'
import { fakeEmbedder, singlePrecision } from '../support/fake-embedder.ts'
import { recorded, replayed } from '../support/recorded.ts'
import { talk } from '../support/talk.ts'

let database: Database
beforeAll(async () => {
  database = await openMemory()
})
afterAll(() => database.close())

async function run(embedder: Embedder) {
  const desk = openDesk(database, { chat: () => extractive(), ports: { embedder } })
  const { run: record } = await desk.understand(talk())
  return recorded(desk, record.id)
}

describe('vectors of a recording', () => {
  it('are those that the run used, to the bit, and no text is embedded again', async () => {
    const live = singlePrecision()
    const recording = await run(live)
    const [kept] = recording.derived.filter(({ kind }) => kind === 'vectors')
    expect(Object.keys(Object(kept?.value)).sort()).toEqual([...live.asked.keys()].map((text) => sha256(text)).sort())

    const again = singlePrecision()
    const served = createVectorShelf().embedderFor(recording, again)
    for (const [text, vector] of live.asked) expect(await served.embed([text])).toEqual([vector])
    expect(await replayed(recording, { embedder: again })).toMatchObject({ identical: true })
    expect(again.asked.size).toBe(0)
    expect(await replayed(recording, { embedder: again }, { derived: false })).toMatchObject({ identical: true })
    expect([...again.asked]).toEqual([...live.asked])
  })

  it('of another space or length are not used', async () => {
    const recording = await run(singlePrecision())
    const [text] = ['Looms and numbers']
    for (const other of [{ space: 'fake@2' }, { dimension: 7 }]) {
      const local = { ...singlePrecision(), ...other }
      await createVectorShelf()
        .embedderFor(recording, local)
        .embed([text ?? ''])
      expect(local.asked.size).toBe(1)
    }
  })

  it('that would not come back as they were are not kept, and are made again', async () => {
    const recording = await run(fakeEmbedder())
    expect(recording.derived.filter(({ kind }) => kind === 'vectors')).toEqual([])
    const embedder = fakeEmbedder()
    expect(await replayed(recording, { embedder })).toMatchObject({ identical: true })
    expect(embedder.texts.length).toBeGreaterThan(0)
  })
})

describe('an embedder of this process that fails', () => {
  /** Answers so many calls, and no more. */
  function tired(calls: number): Embedder {
    const { embed, ...rest } = fakeEmbedder()
    let left = calls
    return {
      ...rest,
      async embed(...args) {
        if (left-- <= 0) throw new Error('the embedding thread died')
        return embed(...args)
      },
    }
  }
  const search: Part = (_, times) =>
    times === 0
      ? { toolCalls: [{ id: 'c', name: 'search_transcript', args: { query: 'weaving', mode: 'meaning' } }] }
      : submits('topics', { topics: [] })

  it.each([
    ['while the item is read', 0, 'neighbours.0.embed.0'],
    ['when a tool asks it', 1, 'topics.0.embed.0'],
  ])('%s is an exchange, and has failed in a replay too', async (_, calls, failed) => {
    const chat = cast({ topics: search }).model
    const desk = openDesk(database, { chat, ports: { embedder: tired(calls) } })
    const { run, exchanges } = await desk.understand(talk())
    expect(exchanges.filter(({ kind }) => kind === 'embed')).toMatchObject([{ outcome: 'error' }])
    expect(exchanges.map(exchangeName)).toContain(failed)
    const recording = await recorded(desk, run.id)
    const { divergences, identical } = await replayed(recording, { embedder: fakeEmbedder() })
    expect({ divergences, identical }).toEqual({ divergences: [], identical: true })
  })
})
