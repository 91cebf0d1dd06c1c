import { describe, expect, it } from 'vitest'
import { claimKey, claimLabel } from '../../../src/content/labels/claim-label.ts'

const claim = (text: string, short = false) => ({ key: claimKey({ text }), text, short, refs: [] })
const summaryOf = (...claims: ReturnType<typeof claim>[]) => claimLabel.publish(claims, () => []).summary

describe('a summary', () => {
  it('is built from its claims: all of them make the long one, those that are marked make the short one', () => {
    expect(summaryOf(claim('Bees dance.'), claim('Hives hum.', true), claim('Bees sleep.', true))).toMatchObject({
      short: 'Hives hum. Bees sleep.',
      long: 'Bees dance. Hives hum. Bees sleep.',
      claims: [{ text: 'Bees dance.' }, { text: 'Hives hum.' }, { text: 'Bees sleep.' }],
    })
  })

  it('has its first claim as the short one if none that is marked has stayed', () => {
    expect(summaryOf(claim('Bees dance.'), claim('Hives hum.'))?.short).toBe('Bees dance.')
  })

  it('is none without claims', () => {
    expect(summaryOf()).toBeNull()
    expect(claimLabel.published({ summary: null })).toEqual([])
  })

  it('says of a claim no more than its key, its text and its evidence', () => {
    expect(summaryOf(claim('Bees dance.', true))?.claims).toEqual([
      { key: claimKey({ text: 'Bees dance.' }), text: 'Bees dance.', evidence: [] },
    ])
  })
})

describe('a claim', () => {
  it('is quoted and judged by its own words, and not searched for', () => {
    const dance = claim('Bees dance.')
    expect([claimLabel.words(dance), claimLabel.claim(dance)]).toEqual(['Bees dance.', 'Bees dance.'])
    expect(claimLabel.row(dance)).toBeNull()
  })

  it('is found by the key of its original text, also after rights have shortened it', () => {
    const shortened = { ...claim('Bees dance for flowers.'), text: 'Bees dance…' }
    expect(claimLabel.isOffered({ text: 'Bees dance for flowers.' }, shortened)).toBe(true)
    expect(claimLabel.isOffered({ text: 'Bees dance…' }, shortened)).toBe(false)
  })
})
