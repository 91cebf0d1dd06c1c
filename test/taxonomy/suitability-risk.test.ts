import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Prevalence, type Risk, Treatment } from '../../src/content/labels/suitability-label.ts'
import { riskOf } from '../../src/taxonomy/suitability-risk.ts'
import { GARM, loadTaxonomies } from '../../src/taxonomy/taxonomy.ts'

const categories = loadTaxonomies()
  .get(GARM)
  .nodes.map(({ id }) => id)
const inputs = fc.record({
  category: fc.constantFrom(...categories),
  prevalence: fc.constantFrom(...Prevalence.options),
  treatment: fc.constantFrom(...Treatment.options),
})
const severity = (risk: Risk) => ['low', 'medium', 'high', 'floor'].indexOf(risk)

describe('risk', () => {
  it.each([
    ['hate-speech-aggression', 'dominant', 'glamorising', 'floor'],
    ['hate-speech-aggression', 'passing', 'glamorising', 'high'],
    ['hate-speech-aggression', 'dominant', 'documentary', 'medium'],
    ['hate-speech-aggression', 'recurring', 'comedic', 'high'],
    ['drugs-tobacco-alcohol', 'recurring', 'glamorising', 'high'],
    ['drugs-tobacco-alcohol', 'dominant', 'glamorising', 'floor'],
    ['drugs-tobacco-alcohol', 'recurring', 'educational', 'low'],
    ['crime-harmful-acts', 'dominant', 'fictional', 'high'],
    ['crime-harmful-acts', 'passing', 'news', 'low'],
    ['death-injury-military-conflict', 'dominant', 'news', 'medium'],
    ['sensitive-social-issues', 'dominant', 'editorial', 'high'],
    ['sensitive-social-issues', 'dominant', 'glamorising', 'high'],
  ] as const)('of %s, %s, %s is %s', (category, prevalence, treatment, risk) => {
    expect(riskOf({ category, prevalence, treatment })).toBe(risk)
  })

  it('never falls when a theme fills more of the item', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const [passing, recurring, dominant] = Prevalence.options.map((prevalence) =>
          severity(riskOf({ ...input, prevalence })),
        )
        expect(passing).toBeLessThanOrEqual(recurring ?? -1)
        expect(recurring).toBeLessThanOrEqual(dominant ?? -1)
      }),
    )
  })

  it('is never milder for glamorising than for any other treatment', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        expect(severity(riskOf(input))).toBeLessThanOrEqual(severity(riskOf({ ...input, treatment: 'glamorising' })))
      }),
    )
  })

  it('reaches the floor by glamorising only', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        if (riskOf(input) === 'floor') expect(input.treatment).toBe('glamorising')
      }),
    )
  })

  it('of a category that it does not know is that of the gravest', () => {
    expect(riskOf({ category: 'new', prevalence: 'dominant', treatment: 'glamorising' })).toBe('floor')
  })
})
