import fc from 'fast-check'
import { expect, it } from 'vitest'
import { coverage, PLACES_PER_TERM, placeScore, termWeights } from '../../src/search/place-score.ts'

const share = () => fc.double({ min: 0, max: 1, noNaN: true })

it('a term weighs more the fewer places it was found in, and never nothing', () => {
  const weights = [
    ...termWeights(new Map(Array.from({ length: PLACES_PER_TERM }, (_, at) => [`${at + 1}`, at + 1]))).values(),
  ]
  expect(weights).toEqual([...weights].sort((a, b) => b - a))
  expect(new Set(weights).size).toBe(PLACES_PER_TERM)
  expect(Math.min(...weights)).toBeGreaterThan(0)
  const [none, one] = termWeights(
    new Map([
      ['none', 0],
      ['one', 1],
    ]),
  ).values()
  expect(none).toBe(one)
})

it('a place covers the share of the query that it contains, by weight', () => {
  const weights = new Map([
    ['rare', 3],
    ['common', 1],
  ])
  const covered = (...there: string[]) => coverage(weights, (term) => there.includes(term))
  expect([covered(), covered('common'), covered('rare'), covered('rare', 'common')]).toEqual([0, 0.25, 0.75, 1])
  expect(coverage(new Map(), () => true)).toBe(0)
})

it('words raise the score of a place towards 1, by half of what is missing if it has all of them', () => {
  expect(placeScore(0.4, 0)).toBe(0.4)
  expect(placeScore(0.4, 1)).toBe(0.7)
  expect(placeScore(-0.3, 0)).toBe(0)
  expect(placeScore(-0.3, 1)).toBe(0.5)
  fc.assert(
    fc.property(share(), share(), share(), (cosine, some, more) => {
      const [least, most] = [Math.min(some, more), Math.max(some, more)]
      expect(placeScore(cosine, least)).toBeLessThanOrEqual(placeScore(cosine, most))
      expect(placeScore(cosine, most)).toBeLessThanOrEqual(1)
      expect(placeScore(cosine, least)).toBeGreaterThanOrEqual(Math.round(cosine * 1000) / 1000)
    }),
  )
})
