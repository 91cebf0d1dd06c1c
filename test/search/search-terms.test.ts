import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { placedWords, queryTerms, wordsToFind } from '../../src/search/search-terms.ts'

describe('the words of a text as search compares them', () => {
  it('are without accents, endings and function words, and each is where it stands in the text', () => {
    const text = 'The cafés of the Weavers'
    const words = placedWords(text)
    expect(words.map(({ start, end }) => text.slice(start, end))).toEqual(['cafés', 'Weavers'])
    expect(words.map(({ folded }) => folded)).toEqual(wordsToFind('cafe weaver'))
  })

  it('are within the text, in its order, whatever the text is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        let after = 0
        for (const { start, end } of placedWords(text)) {
          expect(start).toBeGreaterThanOrEqual(after)
          expect(end).toBeGreaterThan(start)
          after = end
        }
        expect(after).toBeLessThanOrEqual(text.length)
      }),
    )
  })

  it('are found by each of them once', () => {
    expect(wordsToFind('Looms, looms and a loom')).toHaveLength(1)
    expect(wordsToFind('of the and')).toEqual([])
  })
})

describe('the terms by which a query is looked up', () => {
  it('are the words that carry a subject, the longest first', () => {
    expect(queryTerms('Why wild bees need poor soil')).toEqual(['wild', 'poor', 'soil', 'bee'])
  })

  it('are numbers and words of other scripts too', () => {
    expect(queryTerms('why 1801')).toEqual(['1801'])
    expect(queryTerms('ткач')).toEqual(['ткач'])
  })

  it('are all words that are no function words where none carries a subject, and none where there is none', () => {
    expect(queryTerms('really need')).toEqual([...wordsToFind('really need')].sort((a, b) => b.length - a.length))
    expect(queryTerms('the of and')).toEqual([])
    expect(queryTerms('')).toEqual([])
  })

  it('are at most eight, each once', () => {
    const many = 'loom thread card flower weaver machine factory census pattern loom looms'
    expect(queryTerms(many)).toHaveLength(8)
    expect(new Set(queryTerms(many)).size).toBe(8)
    expect(queryTerms(many)).not.toContain('card')
  })
})
