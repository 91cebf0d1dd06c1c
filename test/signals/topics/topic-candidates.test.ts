import { describe, expect, it } from 'vitest'
import type { Reading } from '../../../src/signals/reading/reading.ts'
import { type TopicTaxonomy, topicCandidates } from '../../../src/signals/topics/topic-candidates.ts'
import { IAB_CONTENT, loadTaxonomies } from '../../../src/taxonomy/taxonomy.ts'
import { makeReading } from '../reading/make-reading.ts'

const SPACE = 'fake@1'
const real = loadTaxonomies().get(IAB_CONTENT)

/** The real tree. A vector [n] is near the node with the id `near[n]`, and half as near its ancestors. */
function taxonomyNear(near: readonly string[]): TopicTaxonomy {
  return {
    id: real.id,
    space: SPACE,
    nodes: real.nodes,
    path: real.path,
    scoreAll: (vectors) => ({
      nodes: real.nodes,
      rows: vectors.map((vector) => {
        const best = near[vector[0] ?? 0] ?? ''
        const above = new Set(real.path(best).map(({ id }) => id))
        return Float32Array.from(real.nodes, ({ id }) => (id === best ? 0.6 : above.has(id) ? 0.3 : 0))
      }),
    }),
  }
}

const BEES = [
  'The hive was full of bees, and the queen laid eggs in the brood comb all summer.',
  'A beekeeper opens the hive, looks for honey, and counts the drones of the colony.',
  'Then the swarm left; the apiary was quiet, and the pollen lay untouched.',
]
const withVectors = (texts: readonly string[], rest: Partial<Reading> = {}) =>
  makeReading(texts, { vectors: texts.map(() => [0]), space: SPACE, ...rest })

describe('topic candidates', () => {
  it('puts the node first for which both meaning and words speak, then its parent', () => {
    const [first, second] = topicCandidates(withVectors(BEES), [taxonomyNear(['258'])])
    expect(first).toMatchObject({
      id: '258',
      name: 'Beekeeping',
      path: ['Hobbies & Interests', 'Beekeeping'],
      coverage: 1,
    })
    expect(first?.score).toBeGreaterThan(0.6)
    expect(second).toMatchObject({ id: '239' })
    expect(second?.score).toBeLessThan(first?.score ?? 0)
  })

  it('quotes sentences that contain the words, from segments that exist', () => {
    const [first] = topicCandidates(withVectors(BEES), [taxonomyNear(['258'])])
    expect(first?.evidence).toHaveLength(3)
    for (const { segment, quote } of first?.evidence ?? []) expect(BEES[segment ?? -1]).toContain(quote)
  })

  it('trusts neither vectors without words nor words without vectors', () => {
    const byVectors = topicCandidates(withVectors(['It went on and on, and then we all said goodbye to the others.']), [
      taxonomyNear(['258']),
    ])
    expect(Math.max(0, ...byVectors.map(({ score }) => score))).toBeLessThan(0.3)
    const beside = topicCandidates(withVectors(BEES), [taxonomyNear(['512'])])
    expect(Math.max(0, ...beside.map(({ score }) => score))).toBeLessThan(0.45)
  })

  it('uses words alone if there are no vectors, or vectors of another space', () => {
    const words = topicCandidates(makeReading(BEES), [taxonomyNear(['512'])])
    expect(words[0]?.id).toBe('258')
    const other = topicCandidates(withVectors(BEES, { space: 'other@1' }), [taxonomyNear(['512'])])
    expect(other).toEqual(words)
  })

  it('finds topics from title and description alone, and says which of them was quoted', () => {
    const reading = makeReading([], {
      title: 'Spring in the apiary',
      description: 'A beekeeper on hives, honey, swarms and what pollen tells.',
    })
    const [first] = topicCandidates(reading, [taxonomyNear(['258'])])
    expect(first).toMatchObject({ id: '258' })
    expect(first?.evidence.map(({ source, segment }) => [source, segment])).toEqual(
      expect.arrayContaining([['description', null]]),
    )
  })

  it('leaves advertisements out', () => {
    const ads = BEES.map((text) => ({ text, role: 'ad' as const }))
    expect(topicCandidates(makeReading(ads), [taxonomyNear(['258'])])).toEqual([])
  })

  it('gives cars for brakes and repairs only if the text mentions a car', () => {
    const mending = 'Take off the tyre, patch the tube, oil the chain, and check the brake. A repair needs a spare.'
    const ids = (text: string) =>
      topicCandidates(makeReading([text, text]), [taxonomyNear(['34'])]).map(({ path }) => path[0])
    expect(ids(mending)).not.toContain('Automotive')
    expect(ids(`${mending} Then start the engine of the car.`)).toContain('Automotive')
  })

  it('never offers suitability categories, and no more candidates than were asked for', () => {
    const crime =
      'Terrorism, murder, heroin, pornography, guns: the police arrested a suspect and the court found him guilty.'
    const found = topicCandidates(makeReading([crime]), [taxonomyNear(['380'])], { limit: 3 })
    expect(found.length).toBeLessThanOrEqual(3)
    expect(found.map(({ path }) => path[0])).not.toContain('Sensitive Topics')
  })

  it('is empty for an item without words', () => {
    expect(topicCandidates(makeReading([]), [taxonomyNear(['258'])])).toEqual([])
    expect(topicCandidates(makeReading(['...']), [taxonomyNear(['258'])])).toEqual([])
  })

  it('calls a song music and the chapter of a book a book, whatever they tell about', () => {
    const lines = ['I packed your coat in the kitchen light.', 'Take the slow boat, take the slow boat.']
    expect(topicCandidates(makeReading(lines, { kind: 'song' }), [real])[0]).toMatchObject({ name: 'Music' })
    expect(topicCandidates(makeReading(lines, { kind: 'audiobook_chapter' }), [real])[0]).toMatchObject({
      name: 'Books and Literature',
    })
  })
})

describe('the evidence of a topic', () => {
  it('is a whole sentence with several of the topic’s words, not one that is only near by its vector', () => {
    const [first] = topicCandidates(
      withVectors([
        'And like, that is why, you know. Because hive. The beekeeper opened the hive and looked for honey in the comb.',
      ]),
      [taxonomyNear(['258'])],
    )
    expect(first?.evidence.map(({ quote }) => quote)).toEqual([
      'The beekeeper opened the hive and looked for honey in the comb.',
    ])
  })

  it('leaves out sentences that say much less about the subject than the best one', () => {
    const [first] = topicCandidates(
      withVectors([
        'The beekeeper opened the hive and looked for honey in the comb.',
        'It was a long summer, and on most days a drone could be heard in it.',
      ]),
      [taxonomyNear(['258'])],
    )
    expect(first?.evidence.map(({ segment }) => segment)).toEqual([0])
  })

  it('must stand in several places of a long item for a high score', () => {
    const other = 'People came and went, and they sang of the days when the train still stopped in the village.'
    const rare = [...Array(44).fill(other), BEES[0] ?? '']
    const often = [...Array(40).fill(other), ...BEES, ...BEES]
    const score = (texts: string[]) =>
      topicCandidates(withVectors(texts), [taxonomyNear(['258'])]).find(({ id }) => id === '258')?.score ?? 0
    expect(score(often)).toBeGreaterThan(1.3 * score(rare))
  })

  it('does not make an item on bitcoin one about investing', () => {
    const protocol = [
      'A bitcoin wallet sends coins to an address, and the node relays the transaction to its peers.',
      'The bitcoin node checks each transaction, and the wallet waits until the coins are in a block.',
    ]
    const ids = (texts: string[]) => topicCandidates(withVectors(texts), [taxonomyNear(['410'])]).map(({ id }) => id)
    expect(ids(protocol)).not.toContain('410')
    expect(
      ids([...protocol, 'An investor puts bitcoin and stocks into her portfolio and hopes for a dividend.']),
    ).toContain('410')
  })
})
