import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countWords } from '../../../src/content/text/count-words.ts'
import { sentences } from '../../../src/content/text/sentences.ts'
import { processorMs, slowness } from '../../support/processor-time.ts'

const cut = (text: string) => sentences(text).map(({ start, end }) => text.slice(start, end))

describe('sentences', () => {
  it.each([
    ['One. Two! Three?', ['One.', 'Two!', 'Three?']],
    ['Dr. Smith met Mrs. Jones at St. Mary. They left.', ['Dr. Smith met Mrs. Jones at St. Mary.', 'They left.']],
    ['J. R. Smith wrote it. So did I. Then we left.', ['J. R. Smith wrote it.', 'So did I.', 'Then we left.']],
    ['Some things, e.g. Tea, i.e. Leaves, help.', ['Some things, e.g. Tea, i.e. Leaves, help.']],
    ['“Stop.” She did. (He did not.) 3.5 is more.', ['“Stop.”', 'She did.', '(He did not.)', '3.5 is more.']],
    [
      'A first line that was wrapped by an editor at a width\nof fifty and goes on. Next.',
      ['A first line that was wrapped by an editor at a width\nof fifty and goes on.', 'Next.'],
    ],
    [
      'So take the slow boat\nTake the one that stops\n\nMy father',
      ['So take the slow boat', 'Take the one that stops', 'My father'],
    ],
    ['今日は晴れ。明日は雨。', ['今日は晴れ。', '明日は雨。']],
    ['', []],
    ['  \n ', []],
  ])('of %j', (text, expected) => {
    expect(cut(text)).toEqual(expected)
  })

  it('find ends beyond the length that is looked at in one piece', () => {
    const long = `${'and so on '.repeat(300)}end. Another one. ${'More of it, '.repeat(100)}end.`
    expect(cut(long)).toHaveLength(3)
  })

  it('are found in one word of millions of characters in time that grows with it', () => {
    const begun = processorMs()
    expect(cut('a'.repeat(12_000_000))).toHaveLength(1)
    expect(processorMs() - begun).toBeLessThan(12_000 * slowness())
  })

  it('hold every character that is not white space, in order', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'grapheme', maxLength: 1200 }), fc.lorem({ maxCount: 80, mode: 'sentences' })),
        (text) => {
          expect(cut(text).join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('words', () => {
  it.each([
    ['', 0],
    ['… — !', 0],
    ["don't stop, rock-and-roll at 3.5 e.g.", 6],
    ['Ünïcödé words 123', 3],
    ['今日は天気がいいです', 6],
    ['OP_RETURN and btc++.dev', 4],
  ])('of %j', (text, expected) => {
    expect(countWords(text)).toBe(expected)
  })

  it('are counted in time that grows with the text', () => {
    const begun = processorMs()
    expect(countWords('今日は天気がいいですね。'.repeat(5000))).toBeGreaterThan(20_000)
    expect(processorMs() - begun).toBeLessThan(3000 * slowness())
  })

  it('are counted in millions of characters without a space', () => {
    expect(countWords('今日は天気がいいですね'.repeat(400_000))).toBeGreaterThan(1_000_000)
  })
})
