import { describe, expect, it } from 'vitest'
import type { Decision } from '../../../src/database/records.ts'
import { decisionAbout } from '../../../src/trace/why/decision-about.ts'
import { runSample } from '../../recordings/run-sample.ts'

const decision = (change: Partial<Decision> = {}): Decision => ({
  ...{ facet: 'topics', key: 'looms', action: 'amend', value: { name: 'Looms' }, note: 'Really.', by: 'Ada', at: 5000 },
  ...change,
})
const label = { facet: 'topics', key: 'looms' }
const publishing = (...decisions: unknown[]) =>
  runSample([], [{ node: 'intake', kind: 'known', response: { current: null, facets: [], decisions } }])

describe('the decision about a label', () => {
  it('is the one about its facet and key, with who took it, when and why', () => {
    const decisions = [decision({ facet: 'entities' }), decision({ key: 'bees' }), decision()]
    expect(decisionAbout(label, decisions, undefined)).toEqual({
      action: 'amend',
      by: 'Ada',
      at: '1970-01-01T00:00:05.000Z',
      note: 'Really.',
      value: { name: 'Looms' },
      applied: true,
    })
    expect(decisionAbout({ ...label, key: 'cards' }, decisions, undefined)).toBeNull()
    expect(decisionAbout(label, [decision({ action: 'approve', value: null, note: null })], undefined)).toMatchObject({
      value: null,
      note: null,
    })
  })

  it('was applied if the run that published the label knew of it', () => {
    const applied = (...known: unknown[]) => decisionAbout(label, [decision()], publishing(...known))?.applied
    expect(applied(decision({ key: 'bees' }), decision())).toBe(true)
    expect(applied()).toBe(false)
    expect(applied(decision({ key: 'bees' }))).toBe(false)
    expect(applied(decision({ facet: 'entities' }))).toBe(false)
    // The one that the run knew was replaced by this one.
    expect(applied(decision({ at: 4000 }))).toBe(false)
  })

  it('counts as applied where it is not recorded what the run knew', () => {
    expect(decisionAbout(label, [decision()], runSample([]))?.applied).toBe(true)
    const unread = runSample([], [{ node: 'intake', kind: 'known', response: { decisions: 'all' } }])
    expect(decisionAbout(label, [decision()], unread)?.applied).toBe(true)
  })
})
