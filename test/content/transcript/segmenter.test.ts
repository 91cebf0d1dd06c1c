import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countWords } from '../../../src/content/text/count-words.ts'
import { normalise } from '../../../src/content/text/text.ts'
import { segment } from '../../../src/content/transcript/segmenter.ts'
import { Segment, type Transcript, type TranscriptMark } from '../../../src/content/transcript/segments.ts'
import { processorMs, slowness } from '../../support/processor-time.ts'

interface Turn {
  text: string
  speaker?: string | null
  startMs?: number | null
  endMs?: number | null
  gap?: string
}

function transcriptOf(turns: readonly Turn[], headings: Transcript['headings'] = []): Transcript {
  let text = ''
  const marks: TranscriptMark[] = turns.map(
    ({ text: said, speaker = null, startMs = null, endMs = null, gap = '\n\n' }) => {
      const start = text === '' ? 0 : text.length + gap.length
      text = text === '' ? said : `${text}${gap}${said}`
      return { start, end: start + said.length, speaker, startMs, endMs }
    },
  )
  return { text, marks, language: 'en', headings, warnings: [] }
}

const sentence = (words: number, at = 0) =>
  `${Array.from({ length: words }, (_, n) => (n === 0 ? `Word${at}` : 'more')).join(' ')}.`
const prose = (count: number, words = 12) => Array.from({ length: count }, (_, at) => sentence(words, at)).join(' ')

describe('segments', () => {
  it('have 40 to 80 words and end with sentences', () => {
    const transcript = transcriptOf([{ text: prose(100) }])
    const segments = segment(transcript)
    for (const { start, end, words } of segments) {
      expect(words).toBeGreaterThanOrEqual(40)
      expect(words).toBeLessThanOrEqual(80)
      expect(transcript.text.slice(start, end)).toMatch(/^Word\d.*\.$/)
    }
    expect(segments.map(({ index }) => index)).toEqual(segments.map((_, at) => at))
    expect(segments.reduce((sum, { words }) => sum + words, 0)).toBe(1200)
  })

  it('cut where speakers change, if turns are long enough, and merge short turns under who says most', () => {
    const long = segment(
      transcriptOf([
        { text: prose(5), speaker: 'Ann' },
        { text: prose(5), speaker: 'Ben' },
      ]),
    )
    expect(long.map(({ speaker, words }) => [speaker, words])).toEqual([
      ['Ann', 60],
      ['Ben', 60],
    ])
    const short = segment(
      transcriptOf([
        { text: sentence(20), speaker: 'Ann' },
        { text: 'Yes.', speaker: 'Ben' },
        { text: sentence(25), speaker: 'Ann' },
      ]),
    )
    expect(short.map(({ speaker, words }) => [speaker, words])).toEqual([['Ann', 46]])
  })

  it('never reach across a heading', () => {
    const first = prose(2)
    const transcript = transcriptOf(
      [{ text: first }, { text: prose(4) }],
      [{ title: 'Two', start: first.length + 2, startMs: null }],
    )
    expect(segment(transcript).map(({ words }) => words)).toEqual([24, 48])
  })

  it('cut subtitles without punctuation between cues', () => {
    const cues = Array.from({ length: 60 }, (_, at) => ({
      text: 'seven words that run on and on',
      startMs: at * 1000,
      endMs: at * 1000 + 1000,
      gap: ' ',
    }))
    const transcript = transcriptOf(cues)
    const starts = new Set(transcript.marks.map(({ start }) => start))
    const segments = segment(transcript)
    expect(segments.length).toBeGreaterThan(4)
    for (const { start, words, timing } of segments) {
      expect(starts.has(start)).toBe(true)
      expect(words).toBeGreaterThanOrEqual(40)
      expect(words).toBeLessThanOrEqual(80)
      expect(timing).toBe('source')
    }
  })

  it('cut languages without spaces to the same length of text, and one endless word somewhere', () => {
    const japanese = segment(
      transcriptOf([{ text: '今日はとても天気がいいので、公園まで散歩に行きました。'.repeat(40) }]),
      { language: 'ja' },
    )
    expect(japanese.length).toBeGreaterThan(4)
    for (const { words, language } of japanese) {
      expect(words).toBeLessThanOrEqual(80)
      expect(language).toBe('ja')
    }
    const endless = '今日'.repeat(3000)
    expect(segment(transcriptOf([{ text: endless }])).every(({ end, start }) => end - start < 400)).toBe(true)
  })

  it('take times from the source where a mark begins or ends, else from between, else none', () => {
    const transcript = transcriptOf([
      { text: prose(10), startMs: 0, endMs: 60_000 },
      { text: prose(5), startMs: 60_000, endMs: 90_000 },
      { text: prose(5) },
    ])
    const segments = segment(transcript).map(({ startMs, endMs, timing }) => ({ startMs, endMs, timing }))
    expect(segments[0]).toMatchObject({ startMs: 0, timing: 'interpolated' })
    expect(segments[0]?.endMs).toBeGreaterThan(25_000)
    expect(segments[0]?.endMs).toBeLessThan(35_000)
    expect(segments[1]).toMatchObject({ endMs: 60_000, timing: 'interpolated' })
    expect(segments[2]).toEqual({ startMs: 60_000, endMs: 90_000, timing: 'source' })
    expect(segments[3]).toEqual({ startMs: null, endMs: null, timing: null })
  })

  it('name another language only where it is plain', () => {
    const german =
      'Das ist ein ganz gewöhnlicher deutscher Absatz, der lang genug ist, um erkannt zu werden, und er handelt von Brücken, Flüssen und dem Wetter, das in diesem Frühjahr besonders nass war.'
    const english =
      'This is a perfectly ordinary English paragraph that is long enough to be told apart, and it speaks of bridges, rivers, and the weather, which was particularly wet this spring, they say.'
    const languages = segment(
      transcriptOf([
        { text: `${english} ${english}` },
        { text: `${german} ${german}` },
        { text: 'Ja, okay.', speaker: 'B' },
      ]),
    ).map(({ language }) => language)
    expect(languages.slice(0, 2)).toEqual(['en', 'de'])
    expect(segment(transcriptOf([{ text: 'Ja.' }]), { language: 'pt-BR' })[0]?.language).toBe('pt-BR')
    // Too short to tell: a guess would silence everything that does not know that language.
    const short = { ...transcriptOf([{ text: 'Alpha one. Beta two. Gamma delta.' }]), language: null }
    expect(segment(short)[0]?.language).toBeNull()
  })

  it('of nothing are none', () => {
    expect(segment(transcriptOf([]))).toEqual([])
  })

  it('of 9,000 words take less than a second of processor time', () => {
    const transcript = transcriptOf(
      Array.from({ length: 150 }, (_, at) => ({
        text: prose(5),
        speaker: `S${at % 3}`,
        startMs: at * 1000,
        endMs: at * 1000 + 900,
      })),
    )
    segment(transcript)
    const begun = processorMs()
    segment(transcript)
    expect(processorMs() - begun).toBeLessThan(1000 * slowness())
  })
})

describe('whatever the transcript', () => {
  const word = fc.constantFrom(
    'hello',
    'World.',
    'Why?',
    '"Dr.',
    'e.g.',
    '—',
    '今日は。',
    '👩‍👩‍👧',
    '♪',
    '[Music]',
    'brought to you by',
    'welcome to the show',
    'x'.repeat(500),
    '...',
    'I',
    '\n',
    '\n\n',
  )
  const said = fc
    .array(word, { minLength: 1, maxLength: 60 })
    .map((parts) => normalise(parts.join(' ')))
    .filter((text) => text !== '')
  const turn = fc.record({
    text: said,
    speaker: fc.constantFrom(null, 'A', 'B'),
    startMs: fc.option(fc.nat(10_000)),
    endMs: fc.option(fc.nat(10_000)),
  })

  it('segments are valid, in order, apart, hold every character once, and their times never run backwards', () => {
    fc.assert(
      fc.property(fc.array(turn, { maxLength: 12 }), (turns) => {
        const transcript = transcriptOf(turns)
        const segments = segment(transcript)
        let end = 0
        let time = 0
        for (const part of segments) {
          expect(Segment.safeParse(part).error).toBeUndefined()
          expect(transcript.text.slice(end, part.start).trim()).toBe('')
          const text = transcript.text.slice(part.start, part.end)
          expect(text).toBe(text.trim())
          expect(text.isWellFormed()).toBe(true)
          expect(part.words).toBeLessThanOrEqual(Math.max(80, countWords(text)))
          for (const ms of [part.startMs, part.endMs]) {
            if (ms === null) continue
            expect(ms).toBeGreaterThanOrEqual(time)
            time = ms
          }
          end = part.end
        }
        expect(transcript.text.slice(end).trim()).toBe('')
        expect(segment(transcript)).toEqual(segments)
      }),
      { numRuns: 200 },
    )
  })
})
