import { describe, expect, it } from 'vitest'
import { Risk, suitabilityLabel } from '../../../src/content/labels/suitability-label.ts'

const crime = {
  key: 'crime-harmful-acts',
  category: 'crime-harmful-acts',
  name: 'Crime',
  risk: 'high' as const,
  prevalence: 'recurring' as const,
  treatment: 'comedic' as const,
  score: 0.5,
  contested: false,
  origin: 'model' as const,
  refs: [],
}

describe('a suitability label', () => {
  it('waits for a person if the critic objects, and is doubtful unless its risk is low', () => {
    expect(suitabilityLabel.objected).toBe('review')
    const doubtful = Risk.options.filter((risk) => suitabilityLabel.isDoubtful({ ...crime, risk }))
    expect(doubtful).toEqual(['floor', 'high', 'medium'])
  })

  it('is judged with its risk and its manner, and quoted by its name alone', () => {
    expect(suitabilityLabel.claim(crime)).toBe('Crime: high risk, recurring, comedic')
    expect(suitabilityLabel.words(crime)).toBe('Crime')
    expect(suitabilityLabel.name(crime)).toBe('Crime: high')
  })

  it('is searched for by category and by risk', () => {
    expect(suitabilityLabel.row(crime)).toMatchObject({
      facet: 'suitability',
      taxonomy: 'garm',
      labelId: 'crime-harmful-acts',
      name: 'high',
    })
  })
})
