import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { locateQuote } from '../../../src/content/evidence/locate-quote.ts'
import { wordsOf } from '../../../src/content/text/folded-words.ts'
import { normalise } from '../../../src/content/text/text.ts'
import { processorMs, slowness } from '../../support/processor-time.ts'

const SPEECH = normalise(
  readFileSync(new URL('../../../examples/the-bridge-that-had-heard-everything.txt', import.meta.url), 'utf8'),
)
const WORDS = wordsOf(SPEECH)
const words = (text: string) => wordsOf(text).map(({ folded }) => folded)

/** A run of `length` words of the speech, as it stands there. */
const run = (from: number, length: number) => {
  const first = WORDS[from]
  const last = WORDS[from + length - 1]
  if (first === undefined || last === undefined) throw new RangeError('the run is longer than the speech')
  return { start: first.start, end: last.end, quote: SPEECH.slice(first.start, last.end) }
}
const place = (longest: number, shortest = 1) =>
  fc
    .integer({ min: shortest, max: longest })
    .chain((length) =>
      fc.record({ from: fc.integer({ min: 0, max: WORDS.length - length }), length: fc.constant(length) }),
    )

describe('locateQuote', () => {
  it('finds every run of words verbatim, at a place with equal text', () => {
    fc.assert(
      fc.property(place(100), ({ from, length }) => {
        const { quote } = run(from, length)
        const found = locateQuote(SPEECH, quote)
        expect(found).toMatchObject({ match: 'verbatim', similarity: 1 })
        expect(SPEECH.slice(found?.start, found?.end)).toBe(quote)
      }),
    )
  })

  it('finds a quote in other case, spacing and punctuation as drift, with the true words', () => {
    fc.assert(
      fc.property(place(60, 3), ({ from, length }) => {
        const { quote } = run(from, length)
        const bent = words(quote).join('  ').toUpperCase()
        const found = locateQuote(SPEECH, bent)
        expect(found).toMatchObject({ similarity: 1 })
        expect(words(SPEECH.slice(found?.start, found?.end))).toEqual(words(quote))
      }),
    )
  })

  it('finds every three words in another case, also where each of them is common', () => {
    const lost = WORDS.slice(2).flatMap((_, from) => {
      const { quote } = run(from, 3)
      const found = locateQuote(SPEECH, words(quote).join(' ').toUpperCase())
      return found?.similarity === 1 ? [] : [quote]
    })
    expect(lost).toEqual([])
  })

  it('calls a quote of 12 words or more with one wrong word drift, and finds its true place', () => {
    fc.assert(
      fc.property(place(80, 12), fc.nat(), fc.stringMatching(/^[a-z]{1,12}q$/), ({ from, length }, which, wrong) => {
        const { quote } = run(from, length)
        const bent = quote.split(' ')
        const at = which % bent.length
        fc.pre(wordsOf(bent[at] ?? '').length === 1 && bent[at] !== wrong)
        bent[at] = wrong
        const found = locateQuote(SPEECH, bent.join(' '))
        expect(found?.match).toBe('drift')
        expect(found?.similarity).toBeGreaterThanOrEqual(0.9)
        expect(words(SPEECH.slice(found?.start, found?.end))).toEqual(words(quote))
      }),
    )
  })

  it('finds nothing for words that are not there', () => {
    const stranger = fc.array(fc.stringMatching(/^[bcdfg]{4,9}x$/), { minLength: 1, maxLength: 60 })
    fc.assert(fc.property(stranger, (made) => locateQuote(SPEECH, made.join(' ')) === null))
  })

  it('finds nothing for the words of the text in another order', () => {
    const { quote } = run(100, 30)
    expect(locateQuote(SPEECH, quote.split(' ').reverse().join(' '))).toBeNull()
  })

  it('stays inside the range', () => {
    fc.assert(
      fc.property(place(20, 4), fc.nat(SPEECH.length), fc.nat(4000), ({ from, length }, start, size) => {
        const end = Math.min(SPEECH.length, start + size)
        const found = locateQuote(SPEECH, run(from, length).quote, { start, end })
        if (found !== null) {
          expect(found.start).toBeGreaterThanOrEqual(start)
          expect(found.end).toBeLessThanOrEqual(end)
        }
      }),
    )
  })

  it('takes no short quote from inside a word', () => {
    expect(locateQuote('He was cutting the grape vines', 'rape')).toBeNull()
    expect(locateQuote('He was cutting the grape vines', 'the grape')).toMatchObject({ match: 'verbatim', start: 15 })
    expect(locateQuote('A grape. No rape here.', 'rape')).toMatchObject({ match: 'verbatim', start: 12 })
  })

  it('lets a long quote be cut off in mid-word', () => {
    expect(locateQuote('He was cutting the grape vines', 'cutting the gra')).toMatchObject({ match: 'verbatim' })
  })

  it.each([
    ['apostrophes and quotation marks', 'She said: “Don’t go — not now.”', '"Don\'t go - not now."'],
    ['line breaks', 'the river\nran high', 'the river ran high'],
    ['misspelt names', 'then Ada Lovelace wrote the notes', 'then Ada Lovelase wrote the notes'],
  ])('bears with %s', (_, text, quote) => {
    expect(locateQuote(text, quote)?.match).toBe('drift')
  })

  it('takes the closing punctuation along where the quote has it', () => {
    const text = 'We left. “It was over!” she said.'
    const found = locateQuote(text, 'IT WAS OVER!')
    expect(text.slice(found?.start, found?.end)).toBe('It was over!')
  })

  it('reads scripts without spaces', () => {
    const text = '昨日は東京で会議がありました。今日は大阪に行きます。'
    expect(locateQuote(text, '東京で会議')).toMatchObject({ match: 'verbatim', start: 3 })
    expect(locateQuote(text, '今日は大阪へ行きます。昨日は')).toBeNull()
    const drift = locateQuote(text, '昨日は東京で会議がありましt。')
    expect(text.slice(drift?.start, drift?.end)).toBe('昨日は東京で会議がありました。')
  })

  it.each(['', '   ', '…', '!?'])('finds no words in %j', (quote) => {
    expect(locateQuote('What?! No … yes', quote)?.match ?? 'none').toMatch(
      quote.trim() === '' ? /none/ : /none|verbatim/,
    )
  })

  it('takes any text and any quote', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (text, quote) => {
        const found = locateQuote(text, quote)
        if (found?.match === 'verbatim') expect(text.slice(found.start, found.end)).toBe(quote.trim())
        if (found !== null) expect(found.end).toBeGreaterThan(found.start)
      }),
    )
  })

  it('does not take ages for text that repeats itself', () => {
    const started = processorMs()
    expect(locateQuote('ha '.repeat(20_000), `${'ha '.repeat(150)}no`)?.match).toBe('drift')
    expect(locateQuote('a'.repeat(60_000), 'aa')).toBeNull()
    expect(processorMs() - started).toBeLessThan(2000 * slowness())
  })
})
