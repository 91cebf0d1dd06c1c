import { describe, expect, it } from 'vitest'
import { toJsonLd } from '../../../src/content/formats/jsonld.ts'
import { toOpenRtbContent } from '../../../src/content/formats/openrtb.ts'
import type { Attributes } from '../../../src/content/labels/attribute-label.ts'
import type { Prevalence, Risk, Suitability } from '../../../src/content/labels/suitability-label.ts'
import type { Abstention, Understanding } from '../../../src/content/understanding-schema.ts'
import { publishedEpisode } from './published.ts'

const sure = { score: 0.8, confidence: null, contested: false, origin: 'model' as const, evidence: [] }
const label = (risk: Risk, prevalence: Prevalence = 'recurring', contested = false): Suitability => ({
  key: 'crime',
  category: 'crime',
  name: 'Crime',
  risk,
  prevalence,
  treatment: 'documentary',
  ...sure,
  contested,
})
const language = (value: 'clean' | 'mild' | 'explicit', contested = false): Attributes => ({
  explicit: { key: 'explicit', value, ...sure, contested },
})
const partial = (...abstentions: Abstention[]) => ({ status: 'partial', abstentions }) as const
const away = { facet: 'suitability', reason: 'the endpoint is away' }
const awaiting = {
  facet: 'suitability',
  reason: 'awaiting review: Crime',
  withheld: { category: 'crime', name: 'Crime', risk: 'medium' },
} as const

/** What both formats say about whom an item is for. */
function claims(changes: Partial<Understanding>) {
  const document = publishedEpisode(changes)
  const { contentrating, qagmediarating } = toOpenRtbContent(document)
  return [qagmediarating, contentrating, toJsonLd(document).isFamilyFriendly]
}

describe('whom an item is said to be fit for', () => {
  it.each([
    ['clean', [], [1, 'clean', true]],
    ['clean', [label('low')], [1, 'clean', true]],
    ['clean', [label('low', 'dominant')], [2, undefined, false]],
    ['clean', [label('low'), label('medium', 'dominant')], [2, undefined, false]],
    ['clean', [label('high')], [3, undefined, false]],
    ['clean', [label('floor')], [3, undefined, false]],
    ['mild', [], [2, 'mild', false]],
    ['mild', [label('high')], [3, 'mild', false]],
    ['explicit', [label('low')], [3, 'explicit', false]],
  ] as const)('%s language with %j: %j', (value, suitability, expected) =>
    expect(claims({ attributes: language(value), suitability: [...suitability] })).toEqual(expected),
  )

  const clean = { attributes: language('clean'), suitability: [] }
  it.each([
    ['suitability was not answered', { ...clean, ...partial(away) }],
    ['a label awaits review', { ...clean, ...partial(awaiting) }],
    ['a label is contested', { ...clean, suitability: [label('high', 'dominant', true)] }],
    ['what is said was not read', { ...clean, texts: {} }],
    ['nobody asked about suitability', { ...clean, provenance: { ...publishedEpisode().provenance, facets: {} } }],
    ['the language is contested', { attributes: language('clean', true), suitability: [] }],
    ['the language is not known', { attributes: {}, suitability: [] }],
  ])('nothing is claimed where %s', (_, changes) => expect(claims(changes)).toEqual([undefined, undefined, undefined]))

  it('what is known speaks against families also where the rest is not known', () => {
    expect(claims({ attributes: language('explicit'), suitability: [], ...partial(away) })).toEqual([
      3,
      'explicit',
      false,
    ])
    expect(claims({ attributes: language('mild'), suitability: [], ...partial(away) })).toEqual([
      undefined,
      'mild',
      false,
    ])
    expect(claims({ attributes: {}, suitability: [label('medium')] })).toEqual([undefined, undefined, false])
    expect(claims({ attributes: {}, suitability: [label('high')] })).toEqual([3, undefined, false])
  })
})
