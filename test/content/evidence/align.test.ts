import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alignWords, misspelling } from '../../../src/content/evidence/align.ts'

const TEXT = 'well the bees dance for all the flowers that they find'.split(' ')
const align = (needle: string, limit = 10) => alignWords(needle.split(' '), TEXT, 0, TEXT.length, limit)
const place = (needle: string) => {
  const found = align(needle)
  return found === null ? null : `${TEXT.slice(found.from, found.to).join(' ')} at ${found.cost}`
}

describe('the best place of words in a text', () => {
  it.each([
    ['bees dance for', 'bees dance for at 0'],
    // A different word is preferred to a missing one.
    ['bees for all', 'dance for all at 1'],
    ['bees for all the flowers', 'dance for all the flowers at 1'],
    ['bees dance wild for all', 'bees dance for all at 1'],
    ['bees sing for all', 'bees dance for all at 1'],
  ])('of "%s" is "%s"', (needle, found) => {
    expect(place(needle)).toBe(found)
  })

  it('covers a misspelt word at less than the cost of another one', () => {
    const found = align('the flowrs that')
    expect(found).toMatchObject({ from: 6, to: 9 })
    expect(found?.cost).toBeGreaterThan(0)
    expect(found?.cost).toBeLessThan(1)
  })

  it('is the first of equal ones, and none that costs more than the limit', () => {
    expect(align('the')).toEqual({ from: 1, to: 2, cost: 0 })
    expect(align('quite other words', 2)).toBeNull()
  })

  it('lies in the range that is searched', () => {
    expect(alignWords(['the'], TEXT, 3, 9, 1)).toEqual({ from: 6, to: 7, cost: 0 })
  })

  it('of a run of the text is equal words at no cost', () => {
    fc.assert(
      fc.property(fc.nat(TEXT.length - 1), fc.integer({ min: 1, max: 5 }), (from, length) => {
        const needle = TEXT.slice(from, from + length)
        const found = alignWords(needle, TEXT, 0, TEXT.length, 0)
        expect(found?.cost).toBe(0)
        expect(TEXT.slice(found?.from, found?.to)).toEqual(needle)
      }),
    )
  })
})

describe('a misspelling', () => {
  it.each([
    ['flowers', 'flowers', 0],
    ['flowers', 'flowrs', 1 / 7],
    ['weaving', 'waeving', 2 / 7],
    ['flowers', 'weavers', 1],
    ['on', 'in', 1],
    ['flower', 'flowering', 1],
    ['cat', 'bad', 1],
  ])('of "%s" as "%s" has the share %d', (a, b, share) => {
    expect(misspelling(a, b)).toBeCloseTo(share)
    expect(misspelling(b, a)).toBeCloseTo(share)
  })
})
