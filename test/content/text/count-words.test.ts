import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countWords } from '../../../src/content/text/count-words.ts'

describe('the number of words', () => {
  it.each([
    ['', 0],
    [' … — !', 0],
    ['Bees dance.', 2],
    ["Don't they, on 2026-01-31 at 3.5 km/h?", 7],
    ['naïve café', 2],
    ['東京と大阪', 3],
    ['Hello 東京 and 大阪', 4],
  ])('in %j is %d', (text, count) => {
    expect(countWords(text)).toBe(count)
  })

  it('of texts with a space between them is the sum', () => {
    const words = fc.array(fc.constantFrom('bees', 'dance', '東京', 'x1', 'don’t'), { maxLength: 20 })
    fc.assert(
      fc.property(words, words, (a, b) => {
        const [first, second] = [a.join(' '), b.join(' ')]
        expect(countWords(`${first} ${second}`)).toBe(countWords(first) + countWords(second))
      }),
    )
  })
})
