import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allowedQuote } from '../../../src/content/evidence/allowed-quote.ts'
import { LONGEST_CLIP } from '../../../src/content/text/clip.ts'

/** A text with a place in it, and what a short part of the place has to show. */
const place = fc
  .array(
    fc.oneof(fc.constantFrom('bees ', 'soil. ', '\n', '🐝', 'é', 'ß ', 'wildflowers want poor soil '), fc.string()),
    {
      maxLength: 60,
    },
  )
  .map((parts) => parts.join('').toWellFormed())
  .chain((text) =>
    fc.record({ text: fc.constant(text), a: fc.nat(text.length), b: fc.nat(text.length), keep: fc.nat(text.length) }),
  )
  .map(({ text, a, b, keep }) => ({ text, start: Math.min(a, b), end: Math.max(a, b), keep }))

describe('a quote that rights allow', () => {
  it('is what stands at its place, whichever the rights and whatever it has to show', () => {
    fc.assert(
      fc.property(place, fc.constantFrom('full', 'clipped', 'offsets'), ({ text, start, end, keep }, rights) => {
        const kept = Math.min(Math.max(keep, start), end)
        const allowed = allowedQuote({ quote: text.slice(start, end), start, end }, rights, kept)
        expect(allowed.start >= start && allowed.end <= end && allowed.start <= allowed.end).toBe(true)
        if (rights === 'offsets') expect(allowed).toEqual({ start, end })
        else expect(text.slice(allowed.start, allowed.end)).toBe(allowed.quote)
        if (rights === 'full') expect(allowed).toEqual({ quote: text.slice(start, end), start, end })
        if (rights === 'clipped') expect(allowed.end - allowed.start).toBeLessThanOrEqual(LONGEST_CLIP)
      }),
    )
  })

  it('shows the word that it has to show', () => {
    const text = `${'One two three four. '.repeat(20)}Wildflowers want poor soil. ${'Five six. '.repeat(20)}`
    const at = text.indexOf('poor')
    const { quote } = allowedQuote({ quote: text, start: 0, end: text.length }, 'clipped', at)
    expect(quote).toContain('poor soil')
  })

  it('shows the word that it has to show, however far that is from the beginning', () => {
    const rest = 'Many people came and went in those years. '.repeat(5)
    for (let before = 0; before < 120; before++) {
      const text = `${'x '.repeat(before >> 1)}${before % 2 === 1 ? ' ' : ''}Wildflowers want poor soil. ${rest}`
      const at = text.indexOf('Wildflowers')
      const { quote, start, end } = allowedQuote({ quote: text, start: 0, end: text.length }, 'clipped', at)
      expect(quote).toContain('Wildflowers')
      expect(text.slice(start, end)).toBe(quote)
    }
  })
})
