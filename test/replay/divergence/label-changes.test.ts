import { expect, it } from 'vitest'
import type { Understanding } from '../../../src/content/understanding-schema.ts'
import { labelChanges } from '../../../src/replay/divergence/label-changes.ts'
import { document } from '../../recordings/recording-samples.ts'

const judged = { score: 0.5, confidence: null, contested: false, origin: 'model' as const, evidence: [] }
const topic = (id: string, name: string): Understanding['topics'][number] => ({
  key: `iab-content-3.1/${id}`,
  taxonomy: 'iab-content-3.1',
  id,
  name,
  path: [name],
  ...judged,
})
const format = (value: 'interview' | 'lecture'): Understanding['attributes'] => ({
  format: { key: 'format', value, ...judged },
})
const [looms, bees] = [topic('1', 'Looms'), topic('2', 'Bees')]
const [LOOMS, BEES] = [looms, bees].map(({ key, name }) => ({ facet: 'topics', key, name }))

it('labels that only one of two understandings has are gained or lost; their order says nothing', () => {
  const was = document({ topics: [looms, bees] })
  expect(labelChanges(was, document({ topics: [bees, looms] }))).toEqual({ gained: [], lost: [] })
  expect(labelChanges(was, document({ topics: [looms] }))).toEqual({ gained: [], lost: [BEES] })
  expect(labelChanges(document({ topics: [bees] }), was)).toEqual({ gained: [LOOMS], lost: [] })
})

it('a label whose score or evidence is another one is the same label', () => {
  const was = document({ topics: [looms] })
  expect(labelChanges(was, document({ topics: [{ ...looms, score: 0.9, contested: true }] }))).toEqual({
    gained: [],
    lost: [],
  })
})

it('a label that says another thing under the same key is lost and gained', () => {
  const { gained, lost } = labelChanges(
    document({ attributes: format('interview') }),
    document({ attributes: format('lecture') }),
  )
  expect([lost, gained].flat().map(({ facet, key }) => `${facet}/${key}`)).toEqual([
    'attributes/format',
    'attributes/format',
  ])
  expect([lost[0]?.name, gained[0]?.name]).toEqual([
    expect.stringContaining('interview'),
    expect.stringContaining('lecture'),
  ])
})
