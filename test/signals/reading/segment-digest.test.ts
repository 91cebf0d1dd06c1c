import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { digests, estimateTokens } from '../../../src/signals/reading/segment-digest.ts'
import { makeReading } from './make-reading.ts'

const FILLER = 'So, yeah, that is what I would say about it, you know.'
const hour = Array.from(
  { length: 150 },
  (_, n) =>
    `${FILLER} ${FILLER} The beekeeper opened hive number ${n} and found the queen among the brood. ${FILLER} ${FILLER}`,
)
function textOf(list: string[]): [string, ReturnType<typeof makeReading>['segments']] {
  const { text, segments } = makeReading(list)
  return [text, segments]
}
const total = (list: readonly string[]) => list.reduce((sum, text) => sum + estimateTokens(text), 0)

describe('digests', () => {
  it('hold the whole text of a short item', () => {
    const { text, segments } = makeReading(['One bee.', 'Two bees and a hive.'])
    expect(digests(text, segments)).toEqual(['One bee.', 'Two bees and a hive.'])
  })

  it('keep an hour within the budget and hold the telling sentence of each segment', () => {
    const { text, segments } = makeReading(hour)
    const found = digests(text, segments)
    expect(total(found)).toBeLessThanOrEqual(3000)
    expect(found.filter((digest) => digest.includes('hive') || digest.includes('queen')).length).toBeGreaterThan(140)
  })

  it('give advertisements half as much as content', () => {
    const { text, segments } = makeReading(hour.map((one, n) => ({ text: one, role: n < 75 ? 'ad' : 'content' })))
    const found = digests(text, segments)
    expect(total(found.slice(0, 75))).toBeLessThan(0.7 * total(found.slice(75)))
  })

  it('are the same after one more sentence, except in the segment of that sentence', () => {
    const said = 'Perhaps somebody should photocopy yesterday evening’s leaflet before Margaret’s umbrella dries.'
    for (let length = 136; length <= 160; length++) {
      const talk = Array.from({ length }, (_, n) => hour[n % hour.length] ?? '')
      const before = digests(...textOf(talk))
      const after = digests(...textOf(talk.map((one, n) => (n === 70 ? `${one} ${said}` : one))))
      expect(after.toSpliced(70, 1)).toEqual(before.toSpliced(70, 1))
      expect(after[70]).not.toContain('photocopy')
    }
  })

  it('leave out no segment of three hours', () => {
    const found = digests(...textOf([...hour, ...hour, ...hour]))
    expect(found.filter((digest) => digest === '')).toEqual([])
    expect(total(found)).toBeLessThanOrEqual(4500)
  })

  it('are spread over an item that is too long for its budget', () => {
    const { text, segments } = makeReading(hour)
    const found = digests(text, segments, { maxTokens: 300 })
    const chosen = found.flatMap((digest, n) => (digest === '' ? [] : [n]))
    expect(chosen).toHaveLength(30)
    expect(Math.max(...chosen.map((n, i) => n - (chosen[i - 1] ?? -1)))).toBeLessThanOrEqual(5)
  })

  it('stay within the budget if ideographs, one token each, stand among words', () => {
    const { text, segments } = makeReading([
      'bee bee bee bee 花 bee honey bee 花 Queen honey. 花 honey hive hive honey the 花 of.',
      `${'花'.repeat(60)}.`,
    ])
    for (const maxTokens of [10, 14, 30])
      expect(total(digests(text, segments, { maxTokens }))).toBeLessThanOrEqual(maxTokens)
  })

  it('stay within any budget, one for each segment, made of words of that segment', () => {
    const sentence = fc.array(fc.constantFrom('bee', 'hive', 'the', 'Queen', 'of', 'honey', '花'), {
      minLength: 1,
      maxLength: 30,
    })
    const segment = fc
      .array(sentence, { minLength: 1, maxLength: 4 })
      .map((list) => list.map((words) => `${words.join(' ')}.`).join(' '))
    fc.assert(
      fc.property(
        fc.array(segment, { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 10, max: 400 }),
        (list, maxTokens) => {
          const { text, segments } = makeReading(list)
          const found = digests(text, segments, { maxTokens })
          expect(found).toHaveLength(list.length)
          expect(total(found)).toBeLessThanOrEqual(maxTokens + list.length)
          found.forEach((digest, n) => {
            const own = new Set((list[n] ?? '').split(/[ .]+/))
            for (const word of digest.split(/[ .]+/).filter((part) => part !== '')) expect(own).toContain(word)
          })
        },
      ),
    )
  })
})
