import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isDeeperThan } from '../../../src/content/validation/json-depth.ts'

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  return 1 + Math.max(0, ...Object.values(value).map(depthOf))
}

describe('depth of JSON', () => {
  it('is that of the parsed value, whatever stands in its strings', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.nat(7), (value, max) => {
        expect(isDeeperThan(max, JSON.stringify(value))).toBe(depthOf(value) > max)
      }),
    )
  })

  it('does not count brackets in strings, behind escaped quotes', () => {
    expect(isDeeperThan(1, '["[[[\\"[[[\\\\"]')).toBe(false)
    expect(isDeeperThan(1, '["\\\\",["x"]]')).toBe(true)
  })

  it('is that of the value also where strings are made of quotes, backslashes and brackets', () => {
    const text = fc.string({ unit: fc.constantFrom('"', '\\', '[', ']', '{', 'a') })
    const value = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 4 }, text, fc.array(tie('value')), fc.dictionary(text, tie('value'))),
    })).value
    fc.assert(
      fc.property(value, fc.nat(5), (value, max) => {
        expect(isDeeperThan(max, JSON.stringify(value))).toBe(depthOf(value) > max)
      }),
    )
  })

  it('needs no stack', () => expect(isDeeperThan(64, '['.repeat(2_000_000))).toBe(true))
})
