import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decidedLabel } from '../../../graphs/labels/decided-label.ts'
import { InvalidDecision } from '../../../src/content/invalid-decision.ts'
import { Prevalence, Treatment } from '../../../src/content/labels/suitability-label.ts'
import { riskOf } from '../../../src/taxonomy/suitability-risk.ts'

const label = {
  key: 'crime-harmful-acts',
  category: 'crime-harmful-acts',
  name: 'Crime & harmful acts',
  risk: 'low' as const,
  prevalence: 'passing' as const,
  treatment: 'documentary' as const,
  score: 0.4,
  contested: false,
  origin: 'model' as const,
  refs: [{ source: 'transcript' as const, segment: 2, quote: 'they burned several of the new looms' }],
}
const review = { question: { title: 'Looms', label, findings: [], evidence: [] } }
const amended = (value: unknown) => decidedLabel(review, { action: 'amend', value })

describe('the label that a decision keeps', () => {
  it('is the whole label that was asked about, with its references, if it is approved', () => {
    expect(decidedLabel(review, { action: 'approve', value: null })).toEqual(label)
  })

  it('is none if it is rejected, also if the review does not say which label it is about', () => {
    expect(decidedLabel(review, { action: 'reject', value: null })).toBeNull()
    expect(decidedLabel({ question: 'what?' }, { action: 'reject', value: null })).toBeNull()
  })

  it('has the changes of an amendment and the risk that follows from them', () => {
    expect(amended({ treatment: 'glamorising' })).toEqual({ ...label, treatment: 'glamorising', risk: 'high' })
    const changes = fc.record(
      { prevalence: fc.constantFrom(...Prevalence.options), treatment: fc.constantFrom(...Treatment.options) },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(changes, (change) => {
        const judged = { ...label, ...change }
        expect(amended(change)).toEqual({ ...judged, risk: riskOf(judged) })
      }),
    )
  })

  it('has the risk that the person names, whatever would follow from the rest', () => {
    expect(amended({ prevalence: 'dominant', treatment: 'glamorising', risk: 'low' })).toEqual({
      ...label,
      prevalence: 'dominant',
      treatment: 'glamorising',
      risk: 'low',
    })
  })

  it('is none of what cannot be amended: the mistake is named with its place', () => {
    const amend = () => amended({ category: 'arms-ammunition' })
    expect(amend).toThrow(InvalidDecision)
    expect(amend).toThrow(/^value\.category: says which label this is/)
  })

  it.each([null, {}, { label: { key: 'crime-harmful-acts' } }])(
    'cannot be told from the question %j, so that only a rejection is possible',
    (question) => {
      for (const action of ['approve', 'amend'] as const) {
        const decide = () => decidedLabel({ question }, { action, value: { risk: 'low' } })
        expect(decide).toThrow(InvalidDecision)
        expect(decide).toThrow('action: this review does not say which label it asks about; reject it')
      }
    },
  )
})
