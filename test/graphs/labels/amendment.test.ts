import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAmendment } from '../../../graphs/labels/amendment.ts'
import { Prevalence, Risk, Treatment } from '../../../src/content/labels/suitability-label.ts'

describe('an amendment', () => {
  it('is any of prevalence, treatment and risk, each with one of its values', () => {
    const amendment = fc.record(
      {
        prevalence: fc.constantFrom(...Prevalence.options),
        treatment: fc.constantFrom(...Treatment.options),
        risk: fc.constantFrom(...Risk.options),
      },
      { requiredKeys: [], noNullPrototype: true },
    )
    fc.assert(
      fc.property(amendment, (value) => {
        expect(readAmendment(value)).toEqual({ amendment: value })
      }),
    )
  })

  it('with another value is told which values there are', () => {
    expect(readAmendment({ prevalence: 'everywhere', risk: null })).toEqual({
      mistakes: [
        { path: ['value', 'prevalence'], message: 'must be one of passing, recurring, dominant' },
        { path: ['value', 'risk'], message: 'must be one of floor, high, medium, low' },
      ],
    })
  })

  it.each(['low', 5, null, undefined, ['low']])('that is %j and no object is told what it has to be', (value) => {
    expect(readAmendment(value)).toEqual({
      mistakes: [
        {
          path: ['value'],
          message: '"amend" needs an object with the fields to change: prevalence, treatment or risk',
        },
      ],
    })
  })

  it.each([
    ['category', /^says which label this is, and cannot be amended; reject the label/],
    ['key', /^says which label this is/],
    ['name', /^says which label this is/],
    ['score', /^is worked out and cannot be set/],
    ['origin', /^is worked out and cannot be set/],
    ['contested', /^is worked out and cannot be set/],
    ['refs', /^is the support that was found in the text/],
    ['evidence', /^is the support that was found in the text/],
    ['mood', /^there is no such field; prevalence, treatment and risk can be amended$/],
    ['constructor', /^there is no such field/],
  ])('of the field "%s" is told why that is fixed, also beside a field that can be amended', (field, message) => {
    expect(readAmendment({ risk: 'low', [field]: 'low' })).toEqual({
      mistakes: [{ path: ['value', field], message: expect.stringMatching(message) }],
    })
  })
})
