import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeText, NORMALISER_VERSION, normalise } from '../../../src/content/text/text.ts'

describe('normalise', () => {
  it.each([
    ['line ends', 'a\r\nb\rc\u2028d\u0085e', 'a\nb\nc\nd\ne'],
    ['white space', '  a\u00a0\t b \n \n\n\n c ', 'a b\n\nc'],
    ['composition', 'e\u0301', 'é'],
    ['bidi and tag characters', 'a\u202eb\u2066c\u{e0041}\u200bd\ufeff', 'abcd'],
    ['controls', 'a\0b\u0007c', 'abc'],
    ['lone surrogates', 'a\ud800b', 'a\ufffdb'],
    ['joiners that scripts and emoji need', '👩\u200d👧 ك\u200cت', '👩\u200d👧 ك\u200cت'],
  ])('%s', (_, raw, expected) => {
    expect(normalise(raw)).toBe(expected)
  })

  it('is idempotent, and gives well-formed text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (raw) => {
        const once = normalise(raw)
        expect(normalise(once)).toBe(once)
        expect(once.isWellFormed()).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('is named in the text, whose hash is that of the normalised words', () => {
    expect(makeText('title', ' a\r\n')).toEqual({ ...makeText('title', 'a'), normaliser: NORMALISER_VERSION })
  })
})
