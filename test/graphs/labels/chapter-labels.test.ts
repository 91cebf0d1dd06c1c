import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chapterLabels } from '../../../graphs/labels/chapter-labels.ts'
import { sha256 } from '../../../src/content/text/hash.ts'
import { readingOf } from '../../support/reading-of.ts'

const LINES = ['Welcome.', 'Bees dance.', 'They dance for flowers.', 'Hives hum.', 'Goodbye.']
const reading = readingOf(LINES)
const untimed = {
  ...reading,
  segments: reading.segments.map((segment) => ({ ...segment, startMs: null, endMs: null, timing: null })),
}
const endless = { ...reading, segments: reading.segments.map((segment) => ({ ...segment, endMs: null })) }

describe('chapters', () => {
  it('begin where they are said to begin, in order, and last until the next one or the end', () => {
    const starts = [
      { title: 'Hives', firstSegment: 3 },
      { title: 'Bees', firstSegment: 0 },
    ]
    const common = { timing: 'source', origin: 'model' }
    expect(chapterLabels(starts, reading, 'model', null)).toEqual([
      { ...common, key: sha256('Welcome.'), title: 'Bees', startMs: 0, endMs: 30_000, firstSegment: 0, lastSegment: 2 },
      {
        ...common,
        key: sha256('Hives hum.'),
        title: 'Hives',
        startMs: 30_000,
        endMs: 50_000,
        firstSegment: 3,
        lastSegment: 4,
      },
    ])
  })

  it('begin at the start of the item, even if the first one is said to begin later', () => {
    expect(chapterLabels([{ title: 'Bees', firstSegment: 1 }], reading, 'model', null)).toMatchObject([
      { key: sha256('Welcome.'), startMs: 0, firstSegment: 0, lastSegment: 4 },
    ])
  })

  it('with the same beginning are one: the last of them', () => {
    const starts = ['Bees', 'Dances'].map((title) => ({ title, firstSegment: 1 }))
    expect(chapterLabels(starts, reading, 'model', null).map(({ title }) => title)).toEqual(['Dances'])
  })

  it('end with the item if the last words have no end, and nowhere if no time is known', () => {
    const ends = (given: typeof reading, durationMs: number | null) =>
      chapterLabels([{ title: 'Bees', firstSegment: 0 }], given, 'model', durationMs).map(({ endMs }) => endMs)
    expect(ends(reading, 60_000)).toEqual([50_000])
    expect(ends(endless, 60_000)).toEqual([60_000])
    expect(ends(endless, null)).toEqual([null])
    expect(ends(untimed, 60_000)).toEqual([null])
  })

  it('have no times in an untimed transcript, and say whose they are', () => {
    expect(chapterLabels([{ title: 'Bees', firstSegment: 0 }], untimed, 'publisher', null)).toMatchObject([
      { startMs: null, timing: null, origin: 'publisher' },
    ])
  })

  it('are none without a transcript', () => {
    expect(chapterLabels([{ title: 'Bees', firstSegment: 0 }], readingOf([]), 'model', 60_000)).toEqual([])
    expect(chapterLabels([], reading, 'model', 60_000)).toEqual([])
  })

  it('cover each segment once, wherever they begin', () => {
    const starts = fc.array(fc.record({ title: fc.string(), firstSegment: fc.nat(LINES.length - 1) }), { minLength: 1 })
    fc.assert(
      fc.property(starts, (given) => {
        const covered = chapterLabels(given, reading, 'model', null).flatMap(({ firstSegment, lastSegment }) =>
          reading.segments.slice(firstSegment ?? 0, (lastSegment ?? 0) + 1).map(({ index }) => index),
        )
        expect(covered).toEqual(reading.segments.map(({ index }) => index))
      }),
    )
  })
})
