import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contentStems, stem, tokensIn, wordsOf } from '../../../src/signals/reading/reading-words.ts'
import { sentencesIn } from '../../../src/signals/reading/spoken-sentences.ts'
import { processorMs, slowness } from '../../support/processor-time.ts'

describe('words', () => {
  it('folds case and drops contracted and possessive endings', () => {
    expect(wordsOf("The Node's peers don’t WAIT")).toEqual(['the', 'node', 'peers', 'don', 'wait'])
  })

  it('takes pairs of characters in a script without spaces', () => {
    expect(wordsOf('東京都')).toEqual(['東京', '京都'])
  })

  it.each([
    ['mining', 'mine'],
    ['coded', 'code'],
    ['running', 'run'],
    ['studies', 'study'],
    ['networks', 'network'],
    ['classes', 'class'],
  ])('brings %s and %s together', (one, other) => {
    expect(stem(one)).toBe(stem(other))
  })

  it.each([
    ['wine', 'win'],
    ['inning', 'in'],
  ])('keeps %s and %s apart', (one, other) => {
    expect(stem(one)).not.toBe(stem(other))
  })

  it('keeps only words that carry a subject', () => {
    expect(contentStems('So I think that we should really look at the 12 hives')).toEqual(['hive'])
  })

  it('says where every token is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const { word, start, end } of tokensIn(text))
          expect(text.slice(start, end).toLowerCase().startsWith(word)).toBe(true)
      }),
    )
  })
})

describe('sentences', () => {
  const cut = (text: string) => sentencesIn(text).map(({ start, end }) => text.slice(start, end))

  it('does not cut after abbreviations and initials', () => {
    expect(cut('Dr. Ames met J. Smith at 5 p.m. on Monday. They spoke.')).toEqual([
      'Dr. Ames met J. Smith at 5 p.m. on Monday.',
      'They spoke.',
    ])
  })

  it('keeps closing quotes with their sentence and cuts at line breaks', () => {
    expect(cut('"Go!" she said\nHe went。行く。')).toEqual(['"Go!"', 'she said', 'He went。', '行く。'])
  })

  it('covers every character that is not white space, in order and without overlap', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'B', '.', '!', ' ', '\n', '"', '。') }), (text) => {
        const sentences = sentencesIn(text)
        const starts = sentences.flatMap(({ start, end }) => [start, end])
        expect(starts).toEqual([...starts].sort((a, b) => a - b))
        expect(
          sentences
            .map(({ start, end }) => text.slice(start, end))
            .join('')
            .replace(/\s/g, ''),
        ).toBe(text.replace(/\s/g, ''))
      }),
    )
  })

  it('are cut in linear time: half a megabyte without a full stop takes well under a second', () => {
    const before = processorMs()
    expect(sentencesIn('word '.repeat(100_000))).toHaveLength(1)
    expect(processorMs() - before).toBeLessThan(1000 * slowness())
  })
})
