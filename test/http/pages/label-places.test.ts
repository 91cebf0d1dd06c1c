import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Evidence } from '../../../src/content/evidence/evidence.ts'
import type { Segment } from '../../../src/content/transcript/segments.ts'
import { placesOf } from '../../../src/http/pages/item/label-places.ts'
import { viewTimeline } from '../../../src/http/pages/item/timeline-view.ts'

const NAME = 'Ada'
/** Words among which a name stands now and then, also inside of other words. */
const words = fc.array(fc.constantFrom('Ada', 'Adams', 'looms', 'Nevada', 'wove', 'a'), { minLength: 1, maxLength: 60 })

const segmentsOf = (text: string, timed = true): Segment[] =>
  [0, 1].map((index) => {
    const half = Math.ceil(text.length / 2)
    const [start, end] = index === 0 ? [0, half] : [half, text.length]
    const times = timed ? { startMs: start * 100, endMs: end * 100 } : { startMs: null, endMs: null }
    return { index, start, end, words: 1, language: 'en', role: 'content', speaker: null, timing: 'source', ...times }
  })
const evidence = (text: string, start: number, end: number, rights = 'full'): Evidence => ({
  kind: 'text',
  source: 'transcript',
  text: `sha256:${'0'.repeat(64)}`,
  segment: 0,
  ...(rights === 'full' && { quote: text.slice(start, end) }),
  start,
  end,
  startMs: start * 100,
  endMs: end * 100,
  timing: 'source',
  speaker: null,
  match: 'verbatim',
})
const lane = (text: string, pieces: Evidence[], timed = true) => {
  const segments = segmentsOf(text, timed)
  const places = placesOf(pieces, [NAME], { text, segments })
  const label = { id: 'entities-0', name: NAME, risk: null, places }
  const texts = { transcript: { hash: `sha256:${'0'.repeat(64)}` as const, normaliser: 1, chars: text.length } }
  const document = { chapters: [], timeline: { audioUrl: null, durationMs: null }, texts }
  return viewTimeline(document, [{ facet: 'entities', labels: [label] }], segments)?.lanes[0]
}

describe('the places of a label', () => {
  it('are all its quotes, and every other place where its name is said', () => {
    fc.assert(
      fc.property(words, fc.nat(50), fc.nat(20), (given, at, length) => {
        const text = given.join(' ')
        const start = Math.min(at, text.length - 1)
        const quoted = evidence(text, start, Math.min(text.length, start + length + 1))
        const places = placesOf([quoted], [NAME], { text, segments: segmentsOf(text) })
        const outside = [...text.matchAll(/\bAda\b/g)]
          .map(({ index }) => index)
          .filter((index) => index >= quoted.end || index + NAME.length <= quoted.start)
        expect(places.filter(({ kind }) => kind === 'said').map((place) => place.start)).toEqual(outside)
        expect(places.filter(({ kind }) => kind === 'quoted').map((place) => place.start)).toEqual([quoted.start])
        expect(places.map((place) => place.start)).toEqual(places.map((place) => place.start).sort((a, b) => a - b))
        for (const place of places) if (place.kind === 'said') expect(text.slice(place.start, place.end)).toBe(NAME)
      }),
    )
  })
})

describe('a lane of the timeline', () => {
  const TEXT = `Ada saw a loom. ${'The loom wove flowers and leaves. '.repeat(20)}Ada wrote of it. ${'It was quoted often. '.repeat(20)}Ada was right.`
  const second = TEXT.indexOf('Ada wrote')

  it('has a tick for every quote and every other place, which says what it is, when it is, and its words', () => {
    const ticks = lane(TEXT, [evidence(TEXT, second, second + 16)])?.ticks ?? []
    expect(ticks.map(({ kind, text }) => [kind, text])).toEqual([
      ['said', 'Ada, said about 0:00'],
      ['quoted', 'Ada, quoted at 1:09: “Ada wrote of it.”'],
      ['said', 'Ada, said about 1:53'],
    ])
    expect(ticks.map(({ from }) => Math.round(from * TEXT.length))).toEqual([0, second, TEXT.lastIndexOf('Ada')])
  })

  it('says how often and when a name is said', () => {
    expect(lane(TEXT, [evidence(TEXT, second, second + 16)])?.text).toBe(
      'Ada: quoted once, at 1:09; said 2 times besides, from about 0:00 to about 1:53',
    )
    expect(lane(TEXT, [])?.text).toBe('Ada: said 3 times, from about 0:00 to about 1:53')
  })

  it('counts in characters if no times are known, and shows no words that rights do not allow', () => {
    const piece = { ...evidence(TEXT, second, second + 16, 'offsets'), startMs: null, endMs: null, timing: null }
    const shown = lane(TEXT, [piece], false)
    expect(shown?.text).toBe(
      `Ada: quoted once, at character ${second}; said 2 times besides, from character 0 to character 1\u202f133`,
    )
    expect(shown?.ticks[1]?.text).toBe(`Ada, quoted at character ${second}`)
  })

  it('draws places as one that are too near to distinguish', () => {
    const text = `Ada, Ada and Ada. ${'The loom wove flowers and leaves. '.repeat(200)}`
    expect(lane(text, [])?.ticks.map(({ text }) => text)).toEqual(['Ada, said 3 times, from about 0:00 to about 0:01'])
  })
})
