import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalise } from '../../../src/content/text/text.ts'
import { segment } from '../../../src/content/transcript/segmenter.ts'
import { readTranscript } from '../../../src/ingest/transcripts/parse-transcript.ts'
import { TranscriptError } from '../../../src/ingest/transcripts/transcript-error.ts'

const pieces = fc.constantFrom(
  'WEBVTT',
  '\n',
  '\n\n',
  '\r\n',
  '1\n',
  '00:00:01.000 --> 00:00:02.000',
  '00:00:05,5 --> 00:00:03,000',
  '99:59 --> 1:00',
  'NOTE x',
  'STYLE',
  '<v Ann>',
  '</v>',
  'Ann: ',
  'Ben: 00:01:00',
  '[00:02:00] ',
  '00:00:03',
  '# ',
  '## Heading',
  '---\n',
  'title: a',
  '{"segments":[',
  '{"body":"hi","startTime":',
  '"}',
  ']}',
  '3',
  '-1',
  '1e99',
  '<p>',
  '<cite>',
  '<time>',
  '0:01',
  '</time>',
  '♪',
  '[Music]',
  '今日は。',
  'é',
  'e\u0301',
  '\u0301',
  '\u200b',
  '\u202e',
  '\ud800',
  '\udc00',
  '\u2028',
  '\ufeff',
  ' ',
  '. ',
  '>> ',
  '- ',
  'hello',
  'World.',
  '&amp;',
  '&#0;',
  '&#x110000;',
  '\0',
)
const soup = fc.oneof(
  fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 300 }),
)
const clock = fc.nat({ max: 400_000 }).map((ms) => new Date(ms).toISOString().slice(11, 23))
const vtt = fc
  .array(fc.record({ from: clock, to: clock, text: fc.oneof(fc.lorem(), pieces) }), { minLength: 1, maxLength: 30 })
  .map((cues) => `WEBVTT\n\n${cues.map(({ from, to, text }) => `${from} --> ${to}\n${text}\n`).join('\n')}`)

function check(input: string | Uint8Array, durationMs: number): void {
  let transcript: ReturnType<typeof readTranscript>['transcript']
  try {
    transcript = readTranscript(input, { durationMs }).transcript
  } catch (error) {
    expect(error).toBeInstanceOf(TranscriptError)
    return
  }
  expect(normalise(transcript.text)).toBe(transcript.text)
  let offset = 0
  let time = 0
  for (const mark of transcript.marks) {
    expect(mark.start).toBeGreaterThanOrEqual(offset)
    expect(mark.end).toBeGreaterThan(mark.start)
    expect(transcript.text.slice(offset, mark.start).trim()).toBe('')
    offset = mark.end
    for (const ms of [mark.startMs, mark.endMs]) {
      if (ms === null) continue
      expect(ms).toBeGreaterThanOrEqual(time)
      expect(ms).toBeLessThanOrEqual(durationMs)
      time = ms
    }
  }
  expect(transcript.text.slice(offset).trim()).toBe('')
  for (const { start } of transcript.headings) expect(start).toBeLessThanOrEqual(transcript.text.length)
  let end = 0
  let at = 0
  for (const part of segment(transcript)) {
    expect(transcript.text.slice(end, part.start).trim()).toBe('')
    expect(part.end).toBeGreaterThan(part.start)
    end = part.end
    if (part.startMs !== null) {
      expect(part.startMs).toBeGreaterThanOrEqual(at)
      at = part.startMs
      if (part.endMs !== null) expect(part.endMs).toBeGreaterThanOrEqual(part.startMs)
    }
  }
  expect(transcript.text.slice(end).trim()).toBe('')
}

describe('any input', () => {
  it('is read or refused with a TranscriptError; marks and segments are in order inside the text and the duration', () => {
    fc.assert(fc.property(soup, fc.integer({ min: 1, max: 500_000 }), check), { numRuns: 400 })
  })
  it('of well-formed cues with any times meets the same', () => {
    fc.assert(fc.property(vtt, fc.integer({ min: 1, max: 500_000 }), check), { numRuns: 300 })
  })
  it('of any bytes meets the same', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => check(bytes, 1000)),
      { numRuns: 200 },
    )
  })
})
