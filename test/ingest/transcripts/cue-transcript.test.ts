import { describe, expect, it } from 'vitest'
import { readTranscript } from '../../../src/ingest/transcripts/parse-transcript.ts'

const spoken = (text: string, hints = {}) => {
  const { transcript } = readTranscript(text, hints)
  return transcript.marks.map(({ start, end, speaker, startMs, endMs }) => ({
    text: transcript.text.slice(start, end),
    speaker,
    startMs,
    endMs,
  }))
}

describe('WebVTT', () => {
  it('reads voices, settings, notes, styles, regions, ids and entities', () => {
    const vtt = `WEBVTT - An episode
Kind: captions
Language: en-GB

STYLE
::cue { color: lime }

REGION
id:fred

NOTE
00:00 this is not a cue

intro-1
00:00.500 --> 00:02.000 line:10% align:center
<v.loud Mary Ann>Hello &amp; <i>welcome</i> to
the <c.yellow.bg_blue>show</c>.</v>

00:02.000 --> 00:04.000
<v Bob>Thank <00:02.500>you. Is 1 &lt; 2?`
    const { format, transcript } = readTranscript(vtt)
    expect(format).toBe('vtt')
    expect(transcript.language).toBe('en-GB')
    expect(transcript.warnings).toEqual([])
    expect(spoken(vtt)).toEqual([
      { text: 'Hello & welcome to the show.', speaker: 'Mary Ann', startMs: 500, endMs: 2000 },
      { text: 'Thank you. Is 1 < 2?', speaker: 'Bob', startMs: 2000, endMs: 4000 },
    ])
  })

  it('keeps a line that begins with NOTE inside a cue, and reads hours over 99', () => {
    expect(spoken('WEBVTT\n\n123:00:01.000 --> 123:00:02.000\nHe wrote a word:\nNOTE was the word.\n')).toEqual([
      { text: 'He wrote a word: NOTE was the word.', speaker: null, startMs: 442801000, endMs: 442802000 },
    ])
  })

  it('reads cues as recognisers print them, with their words on the same line', () => {
    const printed = `
[00:00:00.000 --> 00:00:02.000]   Welcome to the show,
[00:00:02.000 --> 00:00:04.500]   today with bees
that dance.
[00:00:04.500 --> 00:00:06.000]   And wasps.
`
    expect(spoken(printed).map(({ text, startMs, endMs }) => [text, startMs, endMs])).toEqual([
      ['Welcome to the show,', 0, 2000],
      ['today with bees that dance.', 2000, 4500],
      ['And wasps.', 4500, 6000],
    ])
    expect(readTranscript(printed).transcript.text).not.toContain('\n')
  })

  it('leaves out a cue that is commented out', () => {
    const vtt = `WEBVTT

00:01.000 --> 00:02.000
shown

NOTE 00:05.000 --> 00:06.000
hidden text
and more

00:07.000 --> 00:08.000
shown again
`
    expect(readTranscript(vtt).transcript.text).toBe('shown shown again')
    expect(readTranscript(vtt).transcript.warnings).toEqual([])
  })

  it('separates two voices of one cue, with only the times that are known', () => {
    expect(spoken('WEBVTT\n\n00:01.000 --> 00:05.000\n<v Ann>Ready?</v>\n<v Ben>Always.</v>\n')).toEqual([
      { text: 'Ready?', speaker: 'Ann', startMs: 1000, endMs: null },
      { text: 'Always.', speaker: 'Ben', startMs: null, endMs: null },
    ])
  })

  it('sorts cues that are out of order and says so', () => {
    const vtt =
      'WEBVTT\n\n00:05.000 --> 00:06.000\nthird\n\n00:01.000 --> 00:02.000\nfirst\n\n00:03.000 --> 00:04.000\nsecond\n'
    expect(spoken(vtt).map(({ text }) => text)).toEqual(['first', 'second', 'third'])
    expect(readTranscript(vtt).transcript.warnings).toEqual(['1 cue stood out of order and was put in order.'])
  })

  it('sorts cues around one with two voices or a broken time, which stays where it is', () => {
    const vtt = `WEBVTT

00:06.000 --> 00:07.000
sixth

00:01.000 --> 00:02.000
first

00:xx.000 --> 00:02.000
second

00:03.000 --> 00:05.000
<v Ann>third</v>
<v Ben>fourth</v>

00:05.000 --> 00:06.000
fifth
`
    expect(spoken(vtt).map(({ text, startMs }) => [text, startMs])).toEqual([
      ['first', 1000],
      ['second', null],
      ['third', 3000],
      ['fourth', null],
      ['fifth', 5000],
      ['sixth', 6000],
    ])
  })

  it('sorts a cue of two voices together with both', () => {
    const vtt =
      'WEBVTT\n\n00:05.000 --> 00:06.000\n<v Ann>third</v>\n<v Ben>fourth</v>\n\n00:01.000 --> 00:02.000\nfirst\n\n00:03.000 --> 00:04.000\nsecond\n'
    expect(spoken(vtt).map(({ text, speaker }) => [text, speaker])).toEqual([
      ['first', null],
      ['second', null],
      ['third', 'Ann'],
      ['fourth', 'Ben'],
    ])
  })

  it('does not mix two parts whose clocks both start at zero', () => {
    const part = (word: string) =>
      [0, 1, 2, 3].map((n) => `00:0${n}.000 --> 00:0${n + 1}.000\n${word} ${n}\n`).join('\n')
    const vtt = `WEBVTT\n\n${part('one')}\n${part('two')}`
    const marks = spoken(vtt)
    expect(marks.map(({ text }) => text)).toEqual([
      'one 0',
      'one 1',
      'one 2',
      'one 3',
      'two 0',
      'two 1',
      'two 2',
      'two 3',
    ])
    expect(marks.filter(({ startMs }) => startMs === null).length).toBeGreaterThan(0)
    expect(readTranscript(vtt).transcript.warnings[0]).toMatch(/ran backwards in time/)
  })

  it('undoes rolling captions, and keeps a refrain', () => {
    const rolling =
      'WEBVTT\n\n00:00.000 --> 00:01.000\none two\n\n00:01.000 --> 00:02.000\none two\nthree four\n\n00:02.000 --> 00:03.000\nthree four\nfive six\n'
    expect(readTranscript(rolling).transcript.text).toBe('one two three four five six')
    const song = 'WEBVTT\n\n00:00.000 --> 00:01.000\nla la la\n\n00:01.000 --> 00:02.000\nla la la\n'
    expect(readTranscript(song).transcript.text).toBe('la la la la la la')
  })

  it('takes American caption prompts for changes of speaker', () => {
    expect(
      spoken(
        'WEBVTT\n\n00:00.000 --> 00:01.000\n>> ANNA: Good evening.\n\n00:01.000 --> 00:02.000\nWelcome.\n\n00:02.000 --> 00:03.000\n>> Hello.\n',
      ).map(({ speaker, text }) => [speaker, text]),
    ).toEqual([
      ['ANNA', 'Good evening.'],
      ['ANNA', 'Welcome.'],
      [null, 'Hello.'],
    ])
  })

  it('keeps the text of a cue whose time cannot be read', () => {
    const vtt =
      'WEBVTT\n\n00:01.000 --> 00:02.000\none\n\n00:99.000 --> 00:03.000\ntwo\n\n00:04.000 --> 00:05.000\nthree\n'
    expect(spoken(vtt).map(({ text, startMs }) => [text, startMs])).toEqual([
      ['one', 1000],
      ['two', null],
      ['three', 4000],
    ])
    expect(readTranscript(vtt).transcript.warnings).toEqual([
      '1 of 3 cues have a time that cannot be read; their text was kept.',
    ])
  })
})

describe('SRT', () => {
  const srt = `1
00:00:00,100 --> 00:00:02,000
Ines: When you first
{\\an8}get <font color="red">started</font>, listen.

2
00:00:02,000 --> 00:00:03,000
Then go on.

3
00:00:03,000 --> 00:00:04,000
Bram: The rule: never stop.

4
00:00:04,000 --> 00:00:05,000
Ines: Right.
`
  it('takes speakers from the labels of turns, and keeps them until the next label', () => {
    expect(readTranscript(srt, { type: 'text/plain', name: 'notes.json' }).format).toBe('srt')
    expect(spoken(srt).map(({ speaker, text }) => [speaker, text])).toEqual([
      ['Ines', 'When you first get started, listen.'],
      ['Ines', 'Then go on.'],
      ['Bram', 'The rule: never stop.'],
      ['Ines', 'Right.'],
    ])
  })

  it('reads it with CRLF, BOM, old Mac line ends, and in UTF-16', () => {
    const expected = spoken(srt)
    expect(spoken(`\uFEFF${srt.replaceAll('\n', '\r\n')}`)).toEqual(expected)
    expect(spoken(srt.replaceAll('\n', '\r'))).toEqual(expected)
    const le = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(srt, 'utf16le')])
    expect(readTranscript(le).transcript.text).toBe(readTranscript(srt).transcript.text)
    expect(readTranscript(Buffer.from(le).swap16()).transcript.text).toBe(readTranscript(srt).transcript.text)
    expect(readTranscript(Buffer.from(srt, 'utf16le')).transcript.text).toBe(readTranscript(srt).transcript.text)
  })

  it.each(['->', '=>', '–>', '-- >', '→', '--->'])('reads a cue whose arrow is %s, and says so', (arrow) => {
    const text = srt.replace('00:00:02,000 --> 00:00:03,000', `00:00:02,000 ${arrow} 00:00:03,000`)
    expect(spoken(text)).toEqual(spoken(srt))
    expect(readTranscript(text).transcript.warnings).toEqual([
      'The arrow between the times is broken in 1 of 4 cues; they were read all the same.',
    ])
    expect(readTranscript(srt.replaceAll('-->', arrow)).format).toBe('srt')
    expect(spoken(srt.replaceAll('-->', arrow))).toEqual(spoken(srt))
  })

  it('keeps an arrow that is part of the speech', () => {
    const text = srt.replace('Then go on.', 'Then -> go on => at 3:30.')
    expect(spoken(text)[1]?.text).toBe('Then -> go on => at 3:30.')
    expect(readTranscript(text).transcript.warnings).toEqual([])
  })

  it('joins Japanese cues without spaces', () => {
    expect(
      readTranscript(
        '1\n00:00:01,000 --> 00:00:02,000\n今日は天気が\n\n2\n00:00:02,000 --> 00:00:03,000\nいいですね。\n',
      ).transcript.text,
    ).toBe('今日は天気がいいですね。')
  })
})

describe('times that cannot be trusted', () => {
  const cue = (from: string, to: string, text: string) => `${from} --> ${to}\n${text}\n\n`
  it('are dropped if they start after the duration, and the end of a longer cue is cut to it', () => {
    const vtt = `WEBVTT\n\n${cue('00:01.000', '00:02.000', 'in')}${cue('00:08.000', '00:12.000', 'over')}${cue('00:20.000', '00:22.000', 'out')}`
    expect(spoken(vtt, { durationMs: 10_000 }).map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [1000, 2000],
      [8000, 10_000],
      [null, null],
    ])
    expect(readTranscript(vtt, { durationMs: 10_000 }).transcript.warnings).toEqual([
      '1 time lies past the duration of 10000 ms and was dropped.',
    ])
  })

  it('are mended if a cue ends before it begins: it ends where the next begins', () => {
    const vtt = `WEBVTT\n\n${cue('00:03.000', '00:01.000', 'a')}${cue('00:04.000', '00:05.000', 'b')}`
    expect(spoken(vtt).map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [3000, 4000],
      [4000, 5000],
    ])
  })
})

describe('a text with arrows in it', () => {
  const said = ['Ann: Hello, and welcome.', 'Ben: Thanks.', 'Ann: Where were we?', 'Ben: At the tides.', 'Ann: Right.']

  it.each(['00:05:00 --> the next part', '00:05:00 --> 00:06:00'])(
    'is plain text if one of its lines is %s',
    (line) => {
      const text = [...said.slice(0, 2), line, ...said.slice(2)].join('\n')
      const { format, transcript } = readTranscript(text)
      expect(format).toBe('plain')
      for (const words of ['Hello, and welcome.', 'Thanks.', 'Where were we?', 'Right.'])
        expect(transcript.text).toContain(words)
    },
  )

  it('is plain text if it begins with an arrow without a time', () => {
    expect(readTranscript(['00:05:00 --> here we are', ...said].join('\n')).format).toBe('plain')
  })

  it('is a subtitle file if most of it is cues, with blank lines anywhere and one cue or many', () => {
    const cue = (n: number) => [`${n}`, `00:00:0${n},000 --> 00:00:0${n},900`, `Sentence ${n}.`]
    expect(readTranscript(cue(1).join('\n')).format).toBe('srt')
    expect(readTranscript(cue(1).slice(1).join('\n')).format).toBe('srt')
    expect(readTranscript([1, 2, 3].flatMap(cue).join('\n\n')).format).toBe('srt')
    expect(readTranscript([1, 2, 3].flatMap(cue).join('\n').replaceAll(',', '.')).format).toBe('vtt')
  })
})
