import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boundDifferences, reportedDifference } from '../../../src/replay/divergence/bounded-differences.ts'

const difference = (was: unknown, is: unknown, pointer = '/messages/0/content') => ({ pointer, was, is })

describe('what is shown of one difference', () => {
  it('is both values where they are small, and only one where the other side has none', () => {
    expect(reportedDifference(difference(3, { a: [1] }))).toEqual({ ...difference(3, { a: [1] }) })
    expect(reportedDifference(difference(undefined, null))).toEqual({ pointer: '/messages/0/content', is: null })
    expect(reportedDifference(difference(false, undefined))).toEqual({ pointer: '/messages/0/content', was: false })
  })

  it('begins shortly before the first character that differs, however late that comes', () => {
    const same = 'Cards lift threads. '.repeat(500)
    const { was, is } = reportedDifference(difference(`${same}Looms.`, `${same}Mills.`))
    expect(was).toMatch(/^…[^…]+Looms\.$/)
    expect(is).toMatch(/^…[^…]+Mills\.$/)
  })

  it('is cut to a few hundred characters that are well-formed, whatever the values are', () => {
    const text = fc.tuple(fc.nat(1), fc.nat(700)).map(([odd, bees]) => 'x'.repeat(odd) + '🐝'.repeat(bees))
    fc.assert(
      fc.property(text, text, text, (same, was, is) => {
        const shown = reportedDifference(difference(same + was, same + is))
        for (const side of [shown.was, shown.is]) {
          expect(String(side).length).toBeLessThanOrEqual(402)
          expect(String(side).isWellFormed()).toBe(true)
        }
      }),
    )
    const large = Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`key ${at}`, at]))
    expect(String(reportedDifference(difference(large, 1)).was).length).toBeLessThanOrEqual(401)
  })
})

describe('what is shown of many differences', () => {
  it('is the first forty, with the number of the others', () => {
    const many = Array.from({ length: 43 }, (_, at) => difference(at, at + 1, `/${at}`))
    const { differences, more, texts } = boundDifferences(many)
    expect(differences.map(({ pointer }) => pointer)).toEqual(many.slice(0, 40).map(({ pointer }) => pointer))
    expect([more, texts]).toEqual([3, null])
    expect(boundDifferences(many.slice(0, 40)).more).toBe(0)
  })

  it('holds the first text of several lines as a whole, and says whether it was cut', () => {
    const { texts } = boundDifferences([difference(1, 2, '/n'), difference('a\nb', 'a\nc', '/text')])
    expect(texts).toEqual({ pointer: '/text', was: 'a\nb', is: 'a\nc', cut: false })
    const long = 'x'.repeat(20_000)
    const cut = boundDifferences([difference(`${long}a`, `${long}b`)]).texts
    expect(cut?.cut).toBe(true)
    expect([cut?.was.at(-1), cut?.is.at(-1)]).toEqual(['a', 'b'])
  })

  it('holds objects as texts of lines where no text differs', () => {
    const { texts } = boundDifferences([difference(undefined, { a: 1 }, '/update')])
    expect(texts).toEqual({ pointer: '/update', was: '', is: '{\n  "a": 1\n}', cut: false })
  })
})
