import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold, insideWord, wordsOf } from '../../../src/content/text/folded-words.ts'

const folded = (text: string) => wordsOf(text).map((word) => word.folded)

describe('the words of a text', () => {
  it('are folded: case, width and apostrophes do not tell them apart, and marks do', () => {
    expect(folded('Bees DON’T dance, don’t they?')).toEqual(['bees', "don't", 'dance', "don't", 'they'])
    expect(fold('ＡＢＣ')).toBe('abc')
    expect(fold('café')).not.toBe(fold('cafe'))
  })

  it('are single characters in scripts without spaces, also beside others', () => {
    expect(folded('東京 is big')).toEqual(['東', '京', 'is', 'big'])
    expect(folded('iPhone版')).toEqual(['iphone', '版'])
  })

  it('stand where they say, in order, also in a part of a text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(50), (text, offset) => {
        let reached = 0
        for (const { folded, start, end } of wordsOf(text, offset)) {
          expect(fold(text.slice(start - offset, end - offset))).toBe(folded)
          expect(start - offset).toBeGreaterThanOrEqual(reached)
          reached = end - offset
        }
      }),
    )
  })
})

describe('a cut', () => {
  it.each([
    ['bees dance', 2, true],
    ['bees dance', 4, false],
    ['bees dance', 5, false],
    ['bees', 0, false],
    ['bees', 4, false],
    ['東京', 1, false],
    ['a版', 1, false],
    ['𝐚𝐛', 2, true],
  ])('of %j at %d separates letters of one word: %s', (text, index, inside) => {
    expect(insideWord(text, index)).toBe(inside)
  })
})
