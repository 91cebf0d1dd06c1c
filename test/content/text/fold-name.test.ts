import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldName, mentionsOf } from '../../../src/content/text/fold-name.ts'

describe('a folded name', () => {
  it.each([
    ['  Ada   LOVELACE ', 'ada lovelace'],
    ['Élodie Nuñez', 'elodie nunez'],
    ['O’Brien-Smith, Jr.', 'o brien smith jr'],
    ['ＡＢＣ １２', 'abc 12'],
    ['東京', '東京'],
    ['…', ''],
  ])('of %j is %j', (name, folded) => {
    expect(foldName(name)).toBe(folded)
  })

  it('does not change if it is folded again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        expect(foldName(foldName(name))).toBe(foldName(name))
      }),
    )
  })
})

describe('the mentions of names', () => {
  const said = (text: string, ...names: string[]) =>
    mentionsOf(text, names).map(({ start, end }) => `${start} ${text.slice(start, end)}`)

  it('are whole words in the same case, in the order of the text', () => {
    expect(said('Ada, Adam and ada met Ada, not McAda.', 'Ada')).toEqual(['0 Ada', '22 Ada'])
    expect(said('Lyon and Ada; Lyon', 'Ada', 'Lyon')).toEqual(['0 Lyon', '9 Ada', '14 Lyon'])
  })

  it('count once where a longer name holds a shorter one', () => {
    expect(said('Ada Lovelace and Ada', 'Ada', 'Ada Lovelace', 'Ada')).toEqual(['0 Ada Lovelace', '17 Ada'])
  })

  it('are none of a single letter, and none of no name', () => {
    expect(said('A is A', 'A', '')).toEqual([])
  })

  it('are slices that equal a name and do not overlap', () => {
    const part = fc.constantFrom('Ada', 'Ada Byron', 'Byron', ' ', 'x', ', ')
    fc.assert(
      fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
        const text = parts.join('')
        const names = ['Ada', 'Byron', 'Ada Byron']
        const found = mentionsOf(text, names)
        for (const { start, end } of found) expect(names).toContain(text.slice(start, end))
        found.forEach(({ start }, n) => {
          expect(start).toBeGreaterThanOrEqual(found[n - 1]?.end ?? 0)
        })
      }),
    )
  })
})
