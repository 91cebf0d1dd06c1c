import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Evidence } from '../../../src/content/evidence/evidence.ts'
import type { Segment } from '../../../src/content/transcript/segments.ts'
import { placeId, placesOf } from '../../../src/http/pages/item/label-places.ts'
import { viewTranscript } from '../../../src/http/pages/item/transcript-view.ts'

const TEXT = 'Every hole in a card lifted one thread, and every card stood for one row. The rest is weaving.'

const segment = (index: number, start: number, end: number): Segment => ({
  index,
  start,
  end,
  words: 1,
  language: 'en',
  role: 'content',
  speaker: index % 2 === 0 ? 'Ann' : 'Bob',
  startMs: start * 10,
  endMs: end * 10,
  timing: 'source',
})
const evidence = (start: number, end: number): Evidence => ({
  kind: 'text',
  source: 'transcript',
  text: `sha256:${'0'.repeat(64)}`,
  segment: 0,
  quote: TEXT.slice(start, end),
  start,
  end,
  startMs: null,
  endMs: null,
  timing: null,
  speaker: null,
  match: 'verbatim',
})
const SEGMENTS = [segment(0, 0, 40), segment(1, 40, 74), segment(2, 74, TEXT.length)]
const label = (id: string, pieces: Evidence[], names: string[] = []) => ({
  id,
  places: placesOf(pieces, names, { text: TEXT, segments: SEGMENTS }),
})
const view = (labels: ReturnType<typeof label>[], words = true) =>
  viewTranscript({ text: TEXT, segments: SEGMENTS, chapters: [], labels, words }).flatMap(({ segments }) => segments)

const span = fc
  .tuple(fc.nat(TEXT.length - 1), fc.integer({ min: 1, max: 30 }))
  .map(([start, length]) => evidence(start, Math.min(TEXT.length, start + length)))

describe('a transcript with its evidence', () => {
  it('keeps every word in place, whatever labels point at it', () => {
    fc.assert(
      fc.property(fc.array(fc.array(span, { maxLength: 4 }), { maxLength: 5 }), (given) => {
        const shown = view(given.map((pieces, n) => label(`l${n}`, pieces)))
        for (const { index, pieces } of shown)
          expect(pieces.map(({ text }) => text).join('')).toBe(TEXT.slice(SEGMENTS[index]?.start, SEGMENTS[index]?.end))
      }),
    )
  })

  it('marks for each label exactly the words of its evidence', () => {
    fc.assert(
      fc.property(fc.array(span, { minLength: 1, maxLength: 5 }), (given) => {
        const pieces = view(given.map((piece, n) => label(`l${n}`, [piece]))).flatMap((one) => one.pieces)
        given.forEach(({ start, end }, n) => {
          const marked = pieces.filter(({ labels }) => labels.includes(`l${n}`)).map(({ text }) => text)
          expect(marked.join('')).toBe(TEXT.slice(start, end))
        })
      }),
    )
  })

  it('gives every piece of evidence one address, also if several begin at one place', () => {
    fc.assert(
      fc.property(fc.array(span, { minLength: 1, maxLength: 6 }), (given) => {
        const anchors = view([label('l', given)]).flatMap(({ pieces }) => pieces.flatMap((piece) => piece.anchors))
        expect([...anchors].sort()).toEqual([...new Set(given.map(placeId))].sort())
      }),
    )
  })

  it('also marks where a name is said outside the quotes, and distinguishes the two', () => {
    const pieces = view([label('card', [evidence(0, 20)], ['card'])]).flatMap((one) => one.pieces)
    const marked = pieces.filter(({ labels }) => labels.length > 0)
    expect(marked.map(({ text, quoted }) => [text, quoted])).toEqual([
      ['Every hole in a card', true],
      ['card', false],
    ])
    expect(marked.flatMap(({ anchors }) => anchors)).toEqual(['q-0-20', 'q-50-54'])
  })

  it('names the speaker where the speaker changes', () => {
    expect(view([]).map(({ speaker }) => speaker)).toEqual(['Ann', 'Bob', 'Ann'])
  })

  it('shows places without words if the words may not be shown', () => {
    const shown = view([label('l', [evidence(45, 60)])], false)
    expect(shown.map(({ index }) => index)).toEqual([1])
    expect(shown[0]?.pieces).toEqual([
      { text: 'characters 45 to 60', labels: ['l'], quoted: true, anchors: ['q-45-60'] },
    ])
  })

  it('gives a place without words one address, also if it extends over two segments', () => {
    const anchors = view([label('l', [evidence(30, 60)])], false).flatMap(({ pieces }) =>
      pieces.flatMap((piece) => piece.anchors),
    )
    expect(anchors).toEqual(['q-30-60'])
  })

  it('is cut at chapters', () => {
    const chapter = { endMs: null, timing: null, lastSegment: null, origin: 'model' } as const
    const chapters = [
      { ...chapter, key: 'h0', title: 'Cards', startMs: 0, firstSegment: 0 },
      { ...chapter, key: 'h1', title: 'Weaving', startMs: 740, firstSegment: 2 },
    ]
    const sections = viewTranscript({ text: TEXT, segments: SEGMENTS, chapters, labels: [], words: true })
    expect(sections.map(({ chapter, segments }) => [chapter?.title, segments.length])).toEqual([
      ['Cards', 2],
      ['Weaving', 1],
    ])
  })
})
