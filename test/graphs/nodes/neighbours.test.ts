import { describe, expect, it } from 'vitest'
import type { Ports } from '../../../graphs/context.ts'
import { neighbours } from '../../../graphs/nodes/neighbours.ts'
import type { Nearby } from '../../../graphs/state.ts'
import type { Surroundings } from '../../../graphs/workspace.ts'
import type { Neighbourhood } from '../../../src/content/neighbourhood.ts'
import { Interrupted } from '../../../src/ledger/interruptions.ts'
import { ModelError } from '../../../src/models/chat-model.ts'
import { SimilarityUnavailable } from '../../../src/similarity/similarity-index.ts'
import { fakeEmbedder } from '../../support/fake-embedder.ts'
import { type Situation, situation } from '../../support/node-run.ts'
import { talk } from '../../support/talk.ts'

type Near = Neighbourhood['items'][number]
const near = (itemId: string, change: Partial<Near> = {}): Near => ({
  itemId,
  score: 0.9,
  topics: [],
  vector: null,
  textHash: null,
  ...change,
})
const answers =
  (...items: Near[]): Ports['neighbours'] =>
  async ({ space }) => ({ unavailable: null, space, items })

async function looked(
  ports: Partial<Ports>,
  given: Situation = {},
): Promise<{ nearby: Nearby; notes: unknown; left: Surroundings }> {
  const { state, run } = situation({ surroundings: null, ports, ...given })
  const { nearby, notes } = await neighbours(state, run)
  if (!nearby) throw new Error('nothing is said about neighbours')
  return { nearby, notes, left: run.workspace.neighbours.get() }
}

describe('an item with vectors', () => {
  it('is looked for with one vector in the space of its embedder, and what is near is left for tools', async () => {
    const asked: Parameters<Ports['neighbours']>[0][] = []
    const { nearby, left } = await looked({
      embedder: fakeEmbedder(),
      neighbours: (request) => {
        asked.push(request)
        return answers(near('a'), near('b'))(request)
      },
    })
    expect(asked).toMatchObject([{ space: 'fake@1', limit: 12 }])
    expect(Math.hypot(...(asked[0]?.vector ?? []))).toBeCloseTo(1)
    expect(nearby).toMatchObject({ unavailable: null, again: false, count: 2, duplicateOf: null })
    expect(left.neighbourhood.items.map(({ itemId }) => itemId)).toEqual(['a', 'b'])
    expect(left.vectorsAway).toBe(false)
  })

  const { state } = situation()
  const own = state.texts.transcript?.hash ?? null

  it.each<[string, Near[], string | null]>([
    ['with a score of 0.985', [near('a'), near('b', { score: 0.985 })], 'b'],
    ['of the same text, whatever its score', [near('a'), near('b', { score: 0.1, textHash: own })], 'b'],
    ['below 0.985 with another text: none', [near('a', { score: 0.984, textHash: 'sha256:other' })], null],
  ])('is a duplicate of an item %s', async (_, items, duplicateOf) => {
    const { nearby } = await looked({ embedder: fakeEmbedder(), neighbours: answers(...items) })
    expect(nearby.duplicateOf).toBe(duplicateOf)
  })

  it('is no duplicate of an item without a transcript because it has none either', async () => {
    const { nearby } = await looked(
      { embedder: fakeEmbedder(), neighbours: answers(near('a')) },
      { item: talk({ transcripts: [] }) },
    )
    expect(nearby.duplicateOf).toBeNull()
  })
})

describe('neighbours are not looked for, and that stays so,', () => {
  const never: Ports['neighbours'] = () => Promise.reject(new Error('nobody should ask'))

  it.each<[string, Partial<Ports>, Situation, string]>([
    ['without an embedder', { embedder: null }, {}, 'no embedder is configured'],
    [
      'if the embedder does not read the language',
      { embedder: fakeEmbedder() },
      { item: talk({ language: 'de', transcripts: [] }) },
      'the embedder fake@1 does not read "de"',
    ],
    [
      'if there are no words',
      { embedder: fakeEmbedder() },
      { item: talk({ title: '', description: '', transcripts: [] }) },
      'there is no text to look for neighbours with',
    ],
  ])('%s', async (_, ports, given, unavailable) => {
    const { nearby, notes, left } = await looked({ neighbours: never, ...ports }, given)
    expect(nearby).toMatchObject({ unavailable, again: false, count: 0, duplicateOf: null })
    expect([notes, left.vectorsAway]).toEqual([undefined, false])
  })
})

describe('neighbours are looked for again next time', () => {
  it('if the embedder is away: the item is read without vectors, and a note says so', async () => {
    const fails = new ModelError('unreachable', 'e does not answer')
    const { nearby, notes, left } = await looked({ embedder: fakeEmbedder({ local: false, fails }) })
    expect(nearby).toMatchObject({ unavailable: 'the item has no vectors: e does not answer', again: true })
    expect(notes).toEqual(['without vectors: e does not answer'])
    expect(left).toMatchObject({ vectorsAway: true, reading: { space: null } })
    expect(left.reading.segments).toHaveLength(4)
  })

  it('if the index is away: the vectors are kept', async () => {
    const { nearby, left } = await looked({
      embedder: fakeEmbedder(),
      neighbours: () => Promise.reject(new SimilarityUnavailable('Qdrant does not answer')),
    })
    expect(nearby).toMatchObject({ unavailable: 'Qdrant does not answer', again: true, count: 0 })
    expect(left).toMatchObject({ vectorsAway: false, reading: { space: 'fake@1' } })
  })

  it('but a run that is interrupted goes no further', async () => {
    const stops = new Interrupted('the process is stopping')
    await expect(looked({ embedder: fakeEmbedder({ fails: stops }) })).rejects.toBe(stops)
    await expect(looked({ embedder: fakeEmbedder(), neighbours: () => Promise.reject(stops) })).rejects.toBe(stops)
  })
})
