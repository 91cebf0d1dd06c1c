import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  bar,
  clock,
  duration,
  padEnd,
  safe,
  table,
  truncate,
  width,
  wrap,
} from '../../../src/cli/render/terminal-layout.ts'

describe('text for a terminal', () => {
  it('wraps without losing a character and without a line that is too wide', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 })),
        fc.integer({ min: 8, max: 40 }),
        (words, cells) => {
          const text = safe(words.join(' '))
          const lines = wrap(text, cells)
          // A letter and its accent become one character.
          expect(lines.join('').replaceAll(' ', '')).toBe(text.normalize().replaceAll(' ', ''))
          for (const line of lines) expect(width(line)).toBeLessThanOrEqual(cells)
        },
      ),
    )
  })

  it('is cut to a width, with a mark where it was cut', () => {
    expect(truncate('Beekeeping', 10)).toBe('Beekeeping')
    expect(truncate('Beekeeping for all', 10)).toBe('Beekeepin…')
    expect(width(truncate('蜜蜂の冬の過ごし方', 8))).toBeLessThanOrEqual(8)
  })

  it.each([
    ['蜜蜂', 4],
    ['ｱｲｳ', 3],
    ['ガ', 2],
    ['👩‍👩‍👧', 2],
    ['🇨🇭🐝', 4],
    ['❤️', 2],
    ['e\u0301a\u0308', 2],
    ['한국어', 6],
    ['\u001b[1;31mred\u001b[0m', 3],
  ])('counts as many cells for %s as a terminal shows', (text, cells) => {
    expect(width(text)).toBe(cells)
    expect(width(padEnd(text, 12))).toBe(12)
  })

  it('is cut between characters as people see them, exactly at the width', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.integer({ min: 1, max: 20 }), (text, cells) => {
        const cut = truncate(text, cells)
        expect(width(cut)).toBeLessThanOrEqual(cells)
        expect(cut === text).toBe(width(text) <= cells)
        if (cut !== text)
          expect([...new Intl.Segmenter().segment(text)].map(({ segment }) => segment)).toEqual(
            expect.arrayContaining([...new Intl.Segmenter().segment(cut.slice(0, -1))].map(({ segment }) => segment)),
          )
      }),
    )
    expect(truncate('👩‍👩‍👧 and 🐝', 3)).toBe('👩‍👩‍👧…')
    expect(truncate('cafe\u0301 noir', 5)).toBe('cafe\u0301…')
  })

  it('wraps styled text with the style on each line, and wide characters by their cells', () => {
    expect(wrap('\u001b[1mbold words\u001b[22m here', 6)).toEqual([
      '\u001b[1mbold\u001b[22m',
      '\u001b[1mwords\u001b[22m',
      'here',
    ])
    expect(wrap('蜜蜂の冬の過ごし方', 8)).toEqual(['蜜蜂の冬', 'の過ごし', '方'])
    expect(wrap('', 8)).toEqual([])
  })

  it('contains nothing that would control the terminal', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(safe(text)).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u)
      }),
    )
    expect(safe('\u001b[31mred\r\nnext\u009b2J')).toBe('[31mred next 2J')
  })

  it('writes times as listeners read them', () => {
    expect([0, 61_000, 3_723_999, null].map(clock)).toEqual(['0:00', '1:01', '1:02:03', '–'])
    expect([340, 2900, 200_000].map(duration)).toEqual(['340 ms', '2.9 s', '3 min 20 s'])
  })

  it('draws bars of one width', () => {
    fc.assert(
      fc.property(fc.double({ min: -1, max: 2, noNaN: true }), (value) => {
        expect(width(bar(value, 8))).toBe(8)
      }),
    )
    expect([0, 0.5, 1].map((value) => bar(value, 4))).toEqual(['····', '██··', '████'])
  })

  it('aligns columns', () => {
    expect(
      table([
        ['a', 'bb'],
        ['ccc', ''],
      ]),
    ).toBe('a    bb\nccc\n')
  })
})
