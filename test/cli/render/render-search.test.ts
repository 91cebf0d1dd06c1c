import { stripVTControlCharacters } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Found, foundText } from '../../../src/cli/render/render-search.ts'
import { createStyle } from '../../../src/cli/render/terminal-style.ts'
import { fakeTerminal } from '../fake-terminal.ts'

const style = createStyle(true)
const QUOTE = 'Wildflowers want poor soil, and laid crushed brick from a demolished school; poor, poor soil.'

/** One place that was found, with words of its quote lit; the quote begins at 50 of its text. */
function found(quote: string, lit: readonly string[]): Found {
  const marks = lit.flatMap((word) =>
    [...quote.matchAll(new RegExp(`\\b${word}\\b`, 'g'))].map(({ index }) => ({
      start: 50 + index,
      end: 50 + index + word.length,
    })),
  )
  const segments = [{ startMs: 416_000, quote, start: 50, marks }]
  return { compared: 1, behind: 0, entries: [{ item: { id: 'a', title: 'Flowers' }, score: 0.81, segments }] }
}

const text = (answer: Found, colours: boolean, columns = 100): string =>
  foundText(answer, {
    served: false,
    terminal: { ...fakeTerminal(), style: createStyle(colours), columns },
  })

describe('what a search found', () => {
  it('has the matched words in bold and the others dim, on each line of a long quote', () => {
    const lines = text(found(QUOTE, ['poor', 'soil']), true, 60)
      .split('\n')
      .slice(1)
    const bold = lines.join('\n').split(style.bold('poor')).length - 1
    expect(bold).toBe(3)
    expect(lines.join('\n').split(style.bold('soil')).length - 1).toBe(2)
    expect(lines[0]).toContain(style.dim(`${' '.repeat(15)}6:56 “Wildflowers want `) + style.bold('poor'))
    expect(lines.length).toBeGreaterThan(2)
  })

  it('has no bold words in its quote where none matched', () => {
    const [, ...lines] = text(found(QUOTE, []), true).split('\n')
    expect(lines.join('\n')).not.toContain('\u001b[1m')
  })

  it('reads the same with and without colours', () => {
    const word = fc.stringMatching(/^[a-z]{1,9}$/)
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 30 }),
        fc.nat(4),
        fc.integer({ min: 40, max: 120 }),
        (words, n, columns) => {
          const answer = found(words.join(' '), words.slice(0, n))
          expect(stripVTControlCharacters(text(answer, true, columns))).toBe(text(answer, false, columns))
        },
      ),
    )
  })
})
