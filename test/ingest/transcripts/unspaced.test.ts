import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readTranscript } from '../../../src/ingest/transcripts/parse-transcript.ts'

const cues = (...cues: string[]) =>
  `WEBVTT\n\n${cues.map((lines, at) => `00:0${at}.000 --> 00:0${at + 1}.000\n${lines}\n`).join('\n')}`
const textOf = (source: string) => readTranscript(source).transcript.text

const SAMPLES = [
  ['Japanese', '今日は天気が', 'いいですね'],
  ['Japanese with marks', 'コーヒー', '「はい」'],
  ['Chinese', '你好，', '世界'],
  ['Thai', 'สวัสดี', 'ครับ'],
  ['Lao', 'ສະບາຍ', 'ດີ'],
  ['Khmer', 'សួស្តី', 'អ្នក'],
  ['Burmese', 'မင်္ဂ', 'လာပါ'],
] as const

describe.each(SAMPLES)('%s', (_, first, second) => {
  it('gets no space at the end of a line of a cue, a cue or a word', () => {
    expect(textOf(cues(`${first}\n${second}`))).toBe(first + second)
    expect(textOf(cues(first, second))).toBe(first + second)
    const words = [first, second, first].map((body, at) => ({ startTime: at, endTime: at + 1, body }))
    expect(textOf(JSON.stringify({ segments: words }))).toBe(first + second + first)
  })

  it('keeps the space beside a script that has spaces', () => {
    expect(textOf(cues(`${first}\nAI`, second))).toBe(`${first} AI ${second}`)
  })
})

it('leaves the words of languages with spaces separate, also of Korean', () => {
  const word = fc.constantFrom('tide', 'Ebbe', '안녕', 'прилив', 'παλίρροια', 'जल', 'مد', '12')
  fc.assert(
    fc.property(fc.array(word, { minLength: 2, maxLength: 5 }), (words) => {
      expect(textOf(cues(words.join('\n')))).toBe(words.join(' '))
    }),
  )
})
