import { describe, expect, it } from 'vitest'
import {
  type Candidate,
  fromSource,
  fromTranscription,
  isSound,
  rank,
  summarise,
} from '../../../graphs/transcripts/transcript-candidates.ts'
import type { ItemInput } from '../../../src/content/item.ts'
import type { TranscriptMark } from '../../../src/content/transcript/segments.ts'
import type { Transcription } from '../../../src/models/transcriber.ts'
import { said, talk } from '../../support/talk.ts'

const MINUTE = 60_000
const spoken = (words: number) => Array.from({ length: words }, (_, n) => (n % 7 === 6 ? 'loom.' : 'the')).join(' ')
const read = (content: string, change: Partial<ItemInput> = {}, language?: string) =>
  fromSource('talk', content, { language }, talk(change), null)
/** One cue of WebVTT that ends at the given second. */
const until = (seconds: number, words = spoken(100)) =>
  `WEBVTT\n\n00:00.000 --> 0${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}.000\n${words}\n`

describe('a transcript of an item whose duration is known', () => {
  it.each([
    [41, ["ends at 68 % of the item's duration"]],
    [42, []],
    [60, []],
  ])('that ends after %i of 60 seconds has these faults: %j', (seconds, problems) => {
    const candidate = read(until(seconds), { durationMs: MINUTE })
    expect(candidate.problems).toEqual(problems)
    expect(candidate.coverage).toBe(seconds / 60)
  })

  it.each([
    [49, ['has 49 words for 2 minutes']],
    [50, []],
    [640, []],
    [641, ['has 641 words for 2 minutes: another item?']],
  ])('and that has %i words for two minutes has these faults: %j', (words, problems) => {
    expect(read(spoken(words), { durationMs: 2 * MINUTE }).problems).toEqual(problems)
  })

  it('of less than two minutes may have few words', () => {
    expect(read('Good evening to all of you.', { durationMs: 2 * MINUTE - 1 }).problems).toEqual([])
  })
})

describe('a transcript without times or without a duration', () => {
  it('has no coverage, and is measured by nothing', () => {
    expect(read(said(0), { durationMs: 10_000 })).toMatchObject({ coverage: null, problems: [] })
    expect(read(until(30))).toMatchObject({ coverage: null, problems: [] })
  })
})

describe('the language of a transcript', () => {
  it.each([
    ['de', 'en', ['is in "de", the item in "en"']],
    ['en-GB', 'EN-us', []],
    ['de', undefined, []],
  ])('%s for an item in %s has these faults: %j', (language, of, problems) => {
    expect(read(said(0), { language: of }, language).problems).toEqual(problems)
  })
})

describe('a transcription', () => {
  it.each([
    {
      what: 'swapped segments are put in order',
      times: [
        [30_000, 58_000],
        [500, 29_000],
      ],
      marks: [
        [500, 29_000],
        [30_000, 58_000],
      ],
      says: ['1 cue stood out of order and was put in order.'],
    },
    {
      what: 'a segment without a true end lasts until the next, and none outlasts the audio',
      times: [
        [500, 500],
        [30_000, 75_000],
      ],
      marks: [
        [500, 30_000],
        [30_000, 60_000],
      ],
      says: [],
    },
  ])('$what', ({ times, marks, says }) => {
    const segments = times.map(([startMs = 0, endMs = 0], n) => ({ startMs, endMs, text: said(n) }))
    const { read } = fromTranscription({ ...heard, segments }, talk({ transcripts: [] }))
    expect(read.transcript.marks.map(({ startMs, endMs }) => [startMs, endMs])).toEqual(marks)
    expect(read.transcript.warnings).toEqual(says)
  })

  it('is taken as a whole if its segments have no words', () => {
    const segments = [{ startMs: 0, endMs: 900, text: ' … ' }]
    const { read } = fromTranscription({ ...heard, segments }, talk())
    expect(read.transcript.text).toBe(heard.text)
    expect(read.transcript.marks.every(({ startMs }) => startMs === null)).toBe(true)
  })

  it('without words is refused, and the message names the model', () => {
    expect(() => fromTranscription({ ...heard, text: '…', segments: [] }, talk())).toThrow('ears-1 heard no words')
  })
})

const heard: Transcription = {
  text: `${said(0)} ${said(1)}`,
  language: 'en',
  durationMs: MINUTE,
  segments: [],
  model: 'ears-1',
  retries: [],
}

describe('the order of transcripts', () => {
  const mark = (change: Partial<TranscriptMark>): TranscriptMark[] => [
    { start: 0, end: 1, speaker: null, startMs: null, endMs: null, ...change },
  ]
  const candidate = (origin: string, problems: string[], marks: TranscriptMark[] = []): Candidate => {
    const transcript = { text: 'a', marks, language: null, headings: [], warnings: [] }
    const file = { format: 'plain' as const, transcript, metadata: {} }
    return { origin, read: file, language: null, words: 1, coverage: null, problems }
  }
  const TIMED = mark({ startMs: 0 })
  const VOICED = mark({ speaker: 'Ada' })

  it.each<[string, Candidate[], string[]]>([
    [
      'fewer faults come first, before times and speakers',
      [candidate('two', ['x', 'y'], TIMED), candidate('one', ['x'], VOICED), candidate('none', [])],
      ['none', 'one', 'two'],
    ],
    [
      'notes are no faults',
      [candidate('faulty', ['x']), candidate('noted', ['note: 1 cue was dropped.', 'note: another'])],
      ['noted', 'faulty'],
    ],
    [
      'of equal faults, one with times comes first, then one with speakers',
      [candidate('plain', []), candidate('voiced', [], VOICED), candidate('timed', [], TIMED)],
      ['timed', 'voiced', 'plain'],
    ],
    [
      "otherwise the order is the publisher's",
      [candidate('b', []), candidate('a', []), candidate('c', [])],
      ['b', 'a', 'c'],
    ],
  ])('%s', (_, candidates, order) => {
    expect(rank(candidates).map(({ origin }) => origin)).toEqual(order)
  })

  it('calls a transcript sound that has notes only', () => {
    expect(isSound(candidate('a', ['note: 1 cue was dropped.']))).toBe(true)
    expect(isSound(candidate('a', ['note: 1 cue was dropped.', 'has 3 words for 9 minutes']))).toBe(false)
  })

  it('shows the choosing agent the number, and coverage to a thousandth', () => {
    const doubtful = { ...candidate('a', ['x']), coverage: 0.123456 }
    expect(summarise(doubtful, 3)).toEqual({
      candidate: 3,
      origin: 'a',
      language: null,
      words: 1,
      coverage: 0.123,
      problems: ['x'],
    })
  })
})
