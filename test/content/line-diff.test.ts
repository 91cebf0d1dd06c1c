import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lineDiff } from '../../src/content/line-diff.ts'

const show = (was: string, is: string) =>
  lineDiff(was, is).map(({ side, text }) => `${{ both: ' ', was: '-', is: '+' }[side]}${text}`)

describe('two texts line by line', () => {
  it('have what they share once, and what differs side by side', () => {
    expect(show('a\nb\nc\nd', 'a\nB\nc\nnew\nd')).toEqual([' a', '-b', '+B', ' c', '+new', ' d'])
    expect(show('same', 'same')).toEqual([' same'])
    expect(show('', 'x')).toEqual(['-', '+x'])
  })

  it('give both texts back, and share as much as an unchanged text', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 12 })
      .map((lines) => lines.join('\n'))
    fc.assert(
      fc.property(text, text, (was, is) => {
        const lines = lineDiff(was, is)
        const of = (side: string) =>
          lines.filter((line) => line.side === 'both' || line.side === side).map((line) => line.text)
        expect(of('was').join('\n')).toBe(was)
        expect(of('is').join('\n')).toBe(is)
        if (was === is) expect(lines.every(({ side }) => side === 'both')).toBe(true)
      }),
    )
  })

  it('are compared whatever their length, where few lines differ', () => {
    const lines = Array.from({ length: 3_000 }, (_, n) => `line ${n}`)
    const changed = ['new beginning', ...lines.slice(1, -1), 'new end']
    const differing = lineDiff(lines.join('\n'), changed.join('\n')).filter(({ side }) => side !== 'both')
    expect(differing.map(({ text }) => text)).toEqual(['line 0', 'new beginning', 'line 2999', 'new end'])
  })

  it('of thousands of other lines are not compared with one another', () => {
    const many = (word: string) => Array.from({ length: 5_000 }, (_, n) => `${word} ${n}`).join('\n')
    expect(lineDiff(`same\n${many('a')}`, `same\n${many('b')}`)).toHaveLength(10_001)
  })
})
