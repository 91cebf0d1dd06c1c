import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readTranscript } from '../../../src/ingest/transcripts/parse-transcript.ts'

const spoken = (vtt: string) => {
  const { transcript } = readTranscript(vtt)
  return transcript.marks.map(({ start, end, startMs }) => [startMs, transcript.text.slice(start, end)])
}
const clock = (ms: number) => new Date(ms).toISOString().slice(11, 23)

/** Captions as YouTube generates them: a line word by word under the one before, held still for 10 ms, then rolled up. */
function generated(lines: readonly string[]): string {
  const cues = lines.map((line, at) => {
    const from = at * 2000
    const [first = '', ...rest] = line.split(' ')
    const sung = `${first}${rest.map((word, n) => `<${clock(from + 200 * (n + 1))}><c> ${word}</c>`).join('')}`
    return [
      `${clock(from)} --> ${clock(from + 1990)} align:start position:0%\n${lines[at - 1] ?? ' '}\n${sung}\n`,
      `${clock(from + 1990)} --> ${clock(from + 2000)} align:start position:0%\n${line}\n \n`,
    ].join('\n')
  })
  return `WEBVTT\nKind: captions\nLanguage: en\n\n${cues.join('\n')}`
}

describe('generated captions', () => {
  it('give every line once, from the time when it is spoken', () => {
    const vtt = generated(['hello and welcome back', 'to the garden show', 'la la la', 'la la la', 'goodbye'])
    expect(readTranscript(vtt).transcript.text).toBe(
      'hello and welcome back to the garden show la la la la la la goodbye',
    )
    expect(spoken(vtt)).toEqual([
      [0, 'hello and welcome back'],
      [2000, 'to the garden show'],
      [4000, 'la la la'],
      [6000, 'la la la'],
      [8000, 'goodbye'],
    ])
  })

  it('are handled for any lines, also for a single line and for lines that are said twice', () => {
    const line = fc
      .array(fc.constantFrom('la', 'tide', 'moon', 'rises', 'twice'), { minLength: 1, maxLength: 5 })
      .map((words) => words.join(' '))
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 20 }), (lines) => {
        expect(spoken(generated(lines))).toEqual(lines.map((text, at) => [at * 2000, text]))
      }),
    )
  })

  it('are unrolled also with three lines on the screen', () => {
    const all = ['one two', 'three four', 'five six', 'seven eight', 'nine ten']
    const cues = all.map(
      (_, at) =>
        `${clock(at * 1000)} --> ${clock(at * 1000 + 1000)}\n${all.slice(Math.max(0, at - 2), at + 1).join('\n')}\n`,
    )
    expect(readTranscript(`WEBVTT\n\n${cues.join('\n')}`).transcript.text).toBe(all.join(' '))
  })
})

it('keep repeated words if they do not roll', () => {
  const vtt = `WEBVTT

00:00.000 --> 00:02.000
Row, row, row your boat
gently down the stream.

00:02.000 --> 00:04.000
Merrily, merrily.

00:04.000 --> 00:06.000
Merrily, merrily.

00:06.000 --> 00:08.000
Merrily, merrily.
Life is but a dream.

00:08.000 --> 00:09.000
Again!
`
  expect(readTranscript(vtt).transcript.text.match(/Merrily, merrily\./g)).toHaveLength(3)
})
