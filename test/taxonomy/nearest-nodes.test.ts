import { describe, expect, it } from 'vitest'
import { packVectors } from '../../scripts/embed-phrases.ts'
import { createScorer } from '../../src/taxonomy/nearest-nodes.ts'
import { hashPhrases, type Phrase } from '../../src/taxonomy/node-phrases.ts'
import { centrePhrases } from '../../src/taxonomy/phrase-matrix.ts'
import { UnknownNode, VectorSpaceMismatch } from '../../src/taxonomy/taxonomy-errors.ts'
import { buildTree } from '../../src/taxonomy/taxonomy-tree.ts'

const space = 'toy@1'
const tree = buildTree('garm', [
  ['food', null, 'Food'],
  ['soup', 'food', 'Soup'],
  ['bisque', 'soup', 'Bisque'],
  ['sport', null, 'Sport'],
  ['none', null, 'Without phrases'],
])
const described: [node: string, vector: number[], against?: true][] = [
  ['food', [1, 0, 0, 0]],
  ['food', [0.8, 0.6, 0, 0]],
  ['food', [0, 0, 0, -1]],
  ['soup', [0.6, 0.8, 0, 0]],
  ['bisque', [0, 1, 0, 0]],
  ['sport', [0, 0, 1, 0]],
  ['sport', [0, 0, 0, 1], true],
]
const phrases = described.map(([node, , against], at): Phrase => {
  return { taxonomy: 'garm', node, text: `phrase ${at}`, ...(against === undefined ? {} : { against }) }
})
const vectors = packVectors(
  described.map(([, vector]) => vector),
  { space, dimension: 4, phrases: hashPhrases(phrases) },
)
const scorer = createScorer(
  tree,
  phrases,
  centrePhrases(vectors, phrases, () => false),
)
const ids = (vector: number[], options = {}) => scorer.nearest(vector, { space, ...options }).map(({ node }) => node.id)

describe('nearest', () => {
  it('ranks the first two tiers by the mean of the two best phrases, and says which fits best', () => {
    const [first, second, third] = scorer.nearest([1, 0, 0, 0], { space })
    expect(first).toMatchObject({ node: { id: 'food' }, phrase: 'phrase 0' })
    expect(first?.score).toBeCloseTo(0.9)
    expect(second?.node.id).toBe('soup')
    expect(second?.score).toBeCloseTo(0.6)
    expect(third?.node.id).toBe('sport')
  })

  it('measures margins to the next node that is no relative, null where none follows', () => {
    const [food, soup, sport] = scorer.nearest([1, 0, 0, 0], { space })
    expect(food?.margin).toBeCloseTo(0.9)
    expect(soup?.margin).toBeCloseTo(0.6)
    expect(sport?.margin).toBeNull()
  })

  it('descends below a node into all tiers, or only into those asked for', () => {
    expect(ids([0, 1, 0, 0], { under: 'food' })).toEqual(['bisque', 'soup'])
    expect(ids([0, 1, 0, 0], { under: 'food', tiers: [2] })).toEqual(['soup'])
    expect(ids([0, 1, 0, 0], { tiers: [1] })).toEqual(['food', 'sport'])
    expect(ids([0, 1, 0, 0], { limit: 1 })).toEqual(['soup'])
  })

  it('takes off what a phrase against the node fits better', () => {
    const score = (vector: number[]) => scorer.nearest(vector, { space }).find(({ node }) => node.id === 'sport')?.score
    expect(score([0, 0, 1, 0])).toBeCloseTo(1)
    expect(score([0, 0, 0.8, 0.6])).toBeCloseTo(0.8)
    expect(score([0, 0, 0.6, 0.8])).toBeCloseTo(0.4)
  })

  it('scores many vectors as it scores one', () => {
    const many = [
      [1, 0, 0, 0],
      [0, 0.6, 0.8, 0],
    ]
    const { nodes, rows } = scorer.scoreAll(many, { space })
    expect(nodes.map(({ id }) => id)).toEqual(['food', 'soup', 'sport'])
    many.forEach((vector, at) => {
      for (const { node, score } of scorer.nearest(vector, { space })) {
        expect(rows[at]?.[nodes.indexOf(node)]).toBeCloseTo(score, 5)
      }
    })
  })

  it('removes what the background phrases have in common', () => {
    const shared = [0.9, 0.1, 0, 0]
    const common = packVectors(
      described.map(([, vector]) => vector.map((value, at) => value + 3 * (shared[at] ?? 0))),
      { space, dimension: 4, phrases: hashPhrases(phrases) },
    )
    const around = createScorer(
      tree,
      phrases,
      centrePhrases(common, phrases, () => true),
    )
    expect(around.nearest([2.7, 0.3, 1, 0], { space })[0]?.node.id).toBe('sport')
  })

  it('refuses another space, another length, and a node that there is not', () => {
    expect(() => ids([1, 0, 0, 0], { space: 'other@1' })).toThrow(VectorSpaceMismatch)
    expect(() => ids([1, 0, 0, 0], { space: 'other@1' })).toThrow('look nodes up by name')
    expect(() => ids([1, 0, 0, 0], { space: 'toy@2' })).toThrow('npx tsx scripts/taxonomy-vectors.ts')
    expect(() => ids([1, 0])).toThrow('has 4 numbers, this one has 2')
    expect(() => ids([1, 0, 0, 0], { under: 'nope' })).toThrow(UnknownNode)
  })

  it('gives zeros for a vector of zeros', () => {
    expect(scorer.nearest([0, 0, 0, 0], { space }).map(({ score }) => score)).toEqual([0, 0, 0])
  })
})
