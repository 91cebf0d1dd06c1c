import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clip, clipSpan, LONGEST_CLIP, shortened } from '../../../src/content/text/clip.ts'

const text = fc
  .array(fc.oneof(fc.constantFrom('bees ', 'soil. ', '\n', '🐝', 'é', '東京', 'b'.repeat(100)), fc.string()), {
    maxLength: 40,
  })
  .map((parts) => parts.join('').toWellFormed())
const LONG = 'Bees dance for the flowers that they have found. '.repeat(10)

describe('a text that is clipped', () => {
  it('stays as it is if it is short enough', () => {
    expect(clip('Bees dance.', 11)).toBe('Bees dance.')
  })

  it('ends between words with a mark if something is left out', () => {
    expect(clip('Bees dance for flowers.', 14)).toBe('Bees dance…')
    expect(clip('Bees dance for flowers.', 15)).toBe('Bees dance for…')
  })

  it('is cut inside a word only if the word is longer than half of what is shown', () => {
    expect(clip(`Bees ${'b'.repeat(100)}`, 20)).toBe(`Bees ${'b'.repeat(14)}…`)
  })

  it('is not cut inside a character of two units', () => {
    expect(clip('🐝🐝🐝', 4)).toBe('🐝…')
    expect(clip('🐝🐝🐝', 5)).toBe('🐝🐝…')
  })

  it('is never longer than it may be, and is never cut inside a character', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 60 }), (given, max) => {
        const clipped = clip(given, max)
        expect(clipped.length).toBeLessThanOrEqual(max)
        expect(clipped.isWellFormed()).toBe(true)
        expect(given.startsWith(clipped.replace(/…$/, ''))).toBe(true)
      }),
    )
  })
})

describe('a part of a text', () => {
  it('has no space at its ends, is short enough, and contains what it has to', () => {
    fc.assert(
      fc.property(text, fc.nat(), fc.constantFrom(90, 300), (given, at, max) => {
        const keep = given === '' ? 0 : at % given.length
        const { start, end } = clipSpan(given, { start: 0, end: given.length }, max, keep)
        expect(end - start).toBeLessThanOrEqual(max)
        const part = given.slice(start, end)
        expect(part).toBe(part.trim())
        const kept = String.fromCodePoint(given.codePointAt(keep) ?? 32)
        if (kept.trim() !== '' && kept.isWellFormed()) expect(start <= keep && keep < end).toBe(true)
      }),
    )
  })

  it('contains what it has to, also if that is a word of many letters', () => {
    const given = `aaa ${'b'.repeat(100)} ccc`
    expect(clipSpan(given, { start: 0, end: given.length }, 90, 4)).toEqual({ start: 0, end: 90 })
  })

  it('never begins before the text or before the place that it is a part of', () => {
    for (let keep = 0; keep < 100; keep++) {
      expect(clipSpan(LONG, { start: 0, end: LONG.length }, 90, keep).start).toBeGreaterThanOrEqual(0)
      expect(clipSpan(LONG, { start: 49, end: LONG.length }, 90, 49 + keep).start).toBeGreaterThanOrEqual(49)
    }
  })

  it('begins shortly before what it has to contain if that is far from the beginning', () => {
    const keep = LONG.lastIndexOf('flowers')
    const { start, end } = clipSpan(LONG, { start: 0, end: LONG.length }, 90, keep)
    expect(keep - start).toBeLessThanOrEqual(45)
    expect(LONG.slice(start, end)).toMatch(/^[A-Za-z].*flowers that they have found\.$/)
  })
})

describe('a shortened text', () => {
  it('has at most the length of a clip, and a mark where more follows', () => {
    expect(shortened('Bees dance.')).toBe('Bees dance.')
    expect(shortened(LONG)).toMatch(/^Bees dance for the flowers .*[a-z.]…$/)
    expect(shortened(LONG).length).toBeLessThanOrEqual(LONGEST_CLIP + 1)
  })
})
