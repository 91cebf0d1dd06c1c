import { describe, expect, it } from 'vitest'
import { costUsd, PriceTable } from '../../src/models/prices.ts'

const table = PriceTable.parse({
  asOf: '2026-01-31',
  models: {
    small: { inputPerMTok: 2, cachedInputPerMTok: 0.5, outputPerMTok: 8 },
    plain: { inputPerMTok: 1, outputPerMTok: 1 },
  },
})

describe('costUsd', () => {
  it('prices cached input apart', () => {
    expect(costUsd(table, 'openai:small', { input: 1_000_000, cached: 400_000, output: 100_000 })).toBeCloseTo(2.2, 10)
  })
  it('prices cached input like the rest where no price is given', () => {
    expect(costUsd(table, 'plain', { input: 1_000_000, cached: 1_000_000, output: 0 })).toBe(1)
  })
  it('knows no price for a model that is not listed, nor without a table', () => {
    const usage = { input: 1, cached: 0, output: 1 }
    expect([
      costUsd(table, 'toString', usage),
      costUsd(table, 'openai:x', usage),
      costUsd(null, 'small', usage),
    ]).toEqual([null, null, null])
  })
  it('is 0 for the embedded engine', () => {
    expect(costUsd(null, 'extractive/1', { input: 10, cached: 0, output: 10 })).toBe(0)
  })
})

describe('PriceTable', () => {
  it.each([
    ['without a day', { models: {} }],
    ['with a negative price', { asOf: '2026-01-31', models: { a: { inputPerMTok: -1, outputPerMTok: 1 } } }],
    ['with a misspelt field', { asOf: '2026-01-31', models: { a: { inputPerMTok: 1, outputPerMTok: 1, cached: 1 } } }],
  ])('refuses a table %s', (_, value) => {
    expect(PriceTable.safeParse(value).success).toBe(false)
  })
})
