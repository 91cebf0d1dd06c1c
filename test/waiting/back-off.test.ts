import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pauseAfter } from '../../src/waiting/back-off.ts'

describe('the pause after a failure', () => {
  it('is twice as long each time, up to the longest', () => {
    const pauses = [1, 2, 3, 4, 5, 1_000].map((failures) => pauseAfter(failures, { firstMs: 10, longestMs: 50 }))
    expect(pauses).toEqual([10, 20, 40, 50, 50, 50])
  })

  it('is anywhere below that with jitter', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0, max: 1, noNaN: true }), (failures, at) => {
        const known = { firstMs: 10, longestMs: 50 }
        const pause = pauseAfter(failures, { ...known, random: () => at })
        expect(pause).toBeCloseTo(pauseAfter(failures, known) * at)
      }),
    )
  })
})
