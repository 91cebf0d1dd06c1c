import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sentenceFor } from '../../../src/content/evidence/sentence-choice.ts'

describe('the sentence that is quoted for a label', () => {
  const segment =
    'Well, thank you all. Dr. Ruiz mapped the tides of the harbour. It took years, and nobody paid for it at all.'
  const chosen = (text: string, labels: string[]) => {
    const { start, end } = sentenceFor(text, labels)
    return text.slice(start, end)
  }

  it('is the sentence with the most of the label’s words, also in other forms', () => {
    expect(chosen(segment, ['harbours', 'tide'])).toBe('Dr. Ruiz mapped the tides of the harbour.')
    expect(chosen(segment, ['years'])).toBe('It took years, and nobody paid for it at all.')
  })

  it('is the fullest one where no word stands', () => {
    expect(chosen(segment, ['volcano'])).toBe('It took years, and nobody paid for it at all.')
  })

  it('is the earlier one among equals, and none of an empty text', () => {
    expect(chosen('Bees dance there. Bees sleep here.', ['bees'])).toBe('Bees dance there.')
    expect(sentenceFor('', ['bees'])).toEqual({ start: 0, end: 0 })
  })

  it('is found by other forms of a word, and not by words that merely begin alike', () => {
    const [LONGEST, WEAVERS] = ['It was a long evening that nobody wanted to end.', 'Weavers came.']
    for (const [word, sentence] of [
      ['weaver', WEAVERS],
      ['weave', WEAVERS],
      ['weasel', LONGEST],
      ['weaversfield', LONGEST],
      ['cam', LONGEST],
    ] as const)
      expect(chosen(`${LONGEST} ${WEAVERS}`, [word])).toBe(sentence)
  })

  it('counts each word once, however often a label or a sentence says it', () => {
    const text = 'Bees, bees, bees, bees and bees again. Bees like the wild flowers.'
    expect(chosen(text, ['bees', 'bees', 'flowers'])).toBe('Bees like the wild flowers.')
  })

  it('is cut between words around the word that counts if it is long', () => {
    const long = `${'so we went on and on '.repeat(40)}until the volcano rose ${'and then we went home '.repeat(40)}`
    const quote = chosen(long, ['volcano'])
    expect(quote.length).toBeLessThanOrEqual(300)
    expect(quote).toContain('volcano')
    expect(long.split(/\s+/)).toEqual(expect.arrayContaining(quote.split(' ')))
  })

  it('has at most 300 units of any text, without space at its ends', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 900 }), fc.array(fc.string()), (text, labels) => {
        const quote = chosen(text, labels)
        expect(quote.length).toBeLessThanOrEqual(300)
        expect(quote).toBe(quote.trim())
        if (text.trim() !== '') expect(quote).not.toBe('')
      }),
    )
  })
})
