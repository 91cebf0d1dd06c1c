import { describe, expect, it } from 'vitest'
import { sha256 } from '../../src/content/text/hash.ts'
import { foundItem } from '../../src/search/found-items.ts'
import type { Candidate, CandidateSegment } from '../../src/search/search-candidates.ts'
import { wordsToFind } from '../../src/search/search-terms.ts'
import type { VersionWords } from '../../src/search/version-words.ts'
import { talk } from '../support/talk.ts'

const LINES = ['Looms read cards.', 'Weavers burned looms.', 'Nobody asked.', 'A city paid.', 'Cards remain.']
const text = LINES.join('\n')
const segments = LINES.map((line, index) => {
  const start = text.indexOf(line)
  return {
    ...{ index, start, end: start + line.length, words: 3, language: 'en', role: 'content' as const, speaker: null },
    ...{ startMs: index * 1000, endMs: index * 1000 + 900, timing: null },
  }
})
function wordsOf(change: Parameters<typeof talk>[0] = {}, more: Partial<VersionWords> = {}): VersionWords {
  const item = talk({ title: 'Of looms', ...change })
  const record = { id: 'looms', kind: item.kind, title: item.title, item, createdAt: 0, updatedAt: 0, current: null }
  return { item: record, text, segments, ...more }
}
const place = (segment: number, cosine: number, ...terms: string[]): CandidateSegment => ({
  segment,
  cosine,
  terms: new Set(terms),
})
const candidate = (found: CandidateSegment[], cosine: number | null = null): Candidate => ({
  ...{ itemId: 'looms', textHash: sha256(text), cosine, segments: found, score: 1 },
})
const [LOOM = '', CARD = ''] = [wordsToFind('loom')[0], wordsToFind('card')[0]]
const search = (floor = 0.1) => ({
  weights: new Map([
    [LOOM, 1],
    [CARD, 1],
  ]),
  floor,
})

describe('an item that was found', () => {
  it('shows its best places, at most three, each with its score', () => {
    const found = foundItem(candidate(segments.map(({ index }) => place(index, 0.4))), wordsOf(), search())
    expect(found?.segments.map(({ segment, score }) => [segment, score])).toEqual([
      [0, 0.7],
      [1, 0.55],
      [4, 0.55],
    ])
    expect(found?.score).toBe(0.7)
  })

  it('is scored by its title and description too, where it was found as a whole', () => {
    const whole = (change: Parameters<typeof talk>[0]) =>
      foundItem(candidate([], 0.4), wordsOf(change), search())?.score
    expect(whole({ title: 'Of looms', description: 'Cards' })).toBe(0.7)
    expect(whole({ title: 'Of looms', description: 'Threads' })).toBe(0.55)
    expect(foundItem(candidate([place(2, 0.2)], 0.4), wordsOf(), search())?.score).toBeGreaterThan(0.2)
  })

  it('is none where nothing of it reaches the floor, and shows no place below it', () => {
    expect(foundItem(candidate([place(2, 0.4)]), wordsOf(), search(0.5))).toBeNull()
    expect(foundItem(candidate([]), wordsOf(), search(0))).toBeNull()
    const found = foundItem(candidate([place(0, 0.4), place(2, 0.4)]), wordsOf(), search(0.5))
    expect(found?.segments.map(({ segment }) => segment)).toEqual([0])
  })

  it('is scored by the words that the index knows where the text is gone, and quotes nothing', () => {
    const gone = wordsOf({}, { text: '', segments: [] })
    const found = foundItem(candidate([place(0, 0.4, LOOM)]), gone, search())
    expect(found?.segments).toEqual([
      {
        ...{ segment: 0, score: 0.55, text: sha256(text), start: null, end: null, startMs: null, endMs: null },
        ...{ quote: null, marks: [] },
      },
    ])
  })
})

describe('a place that is shown', () => {
  const shown = (rights: 'full' | 'clipped' | 'offsets') =>
    foundItem(candidate([place(1, 0.4)]), wordsOf({ rights }), search())?.segments[0]

  it('is quoted, with the words of the query marked where they stand in the text', () => {
    const at = shown('full')
    expect(at).toMatchObject({ segment: 1, quote: LINES[1], startMs: 1000, endMs: 1900 })
    expect(text.slice(at?.start ?? 0, at?.end ?? 0)).toBe(LINES[1])
    expect(at?.marks.map(({ start, end }) => text.slice(start, end))).toEqual(['looms'])
  })

  it('has its place and no words where the rights allow offsets only', () => {
    expect(shown('offsets')).toMatchObject({ quote: null, marks: [], start: segments[1]?.start, end: segments[1]?.end })
  })
})
