import { describe, expect, it } from 'vitest'
import { normalise } from '../../../src/content/text/text.ts'
import { readTranscript } from '../../../src/ingest/transcripts/parse-transcript.ts'

const turns = (text: string, hints = {}) => {
  const { transcript } = readTranscript(text, hints)
  expect(normalise(transcript.text)).toBe(transcript.text)
  return transcript.marks.map(({ start, end, speaker, startMs, endMs }) => [
    speaker,
    startMs,
    endMs,
    transcript.text.slice(start, end),
  ])
}

describe('Podcasting 2.0 JSON', () => {
  it('merges words into sentences and turns, and keeps punctuation with its word', () => {
    const json = JSON.stringify({
      version: '1.0.0',
      segments: [
        { speaker: 'Ann', startTime: 0.5, endTime: 0.75, body: 'I' },
        { speaker: 'Ann', startTime: 1, endTime: 1.25, body: 'am' },
        { speaker: 'Ann', startTime: 1.5, endTime: 2, body: 'here' },
        { speaker: 'Ann', startTime: 2, endTime: 2.1, body: '.' },
        { speaker: 'Ann', startTime: 2.2, endTime: 2.5, body: 'Listen' },
        { speaker: 'Ben', startTime: 2.75, endTime: 3, body: 'No' },
      ],
    })
    expect(readTranscript(json).format).toBe('json')
    expect(turns(json)).toEqual([
      ['Ann', 500, 2100, 'I am here.'],
      ['Ann', 2200, 2500, 'Listen'],
      ['Ben', 2750, 3000, 'No'],
    ])
  })

  it('reads what recognisers write, and turns without times', () => {
    expect(
      turns(
        JSON.stringify({
          text: 'all',
          language: 'en',
          segments: [{ start: 0, end: 4.2, text: ' One sentence of several words.' }],
        }),
      ),
    ).toEqual([[null, 0, 4200, 'One sentence of several words.']])
    expect(
      turns(
        JSON.stringify([
          { speaker: 'Grad A', content: 'Shall we begin with it?' },
          { speaker: 'Grad B', content: 'Yes, let us begin now.' },
        ]),
      ),
    ).toEqual([
      ['Grad A', null, null, 'Shall we begin with it?'],
      ['Grad B', null, null, 'Yes, let us begin now.'],
    ])
  })
})

describe('a time of JSON that cannot be read', () => {
  it.each([[-5], [1e300], ['NaN'], [true], [{}]])('is left out with a note, and costs no words: %j', (startTime) => {
    const json = JSON.stringify({
      segments: [
        { startTime: 1, endTime: 2, body: 'One sentence of words.' },
        { startTime, endTime: 4, body: 'Two sentences of words.' },
        { startTime: 5, endTime: null, body: 'Three sentences of words.' },
      ],
    })
    expect(turns(json).map(([, startMs, , text]) => [startMs, text])).toEqual([
      [1000, 'One sentence of words.'],
      [null, 'Two sentences of words.'],
      [5000, 'Three sentences of words.'],
    ])
    expect(readTranscript(json).transcript.warnings).toEqual(['1 time cannot be read; the text was kept.'])
  })
})

describe('Podcasting 2.0 HTML', () => {
  it('reads cite, time, paragraphs and headings, and nothing that is hidden', () => {
    const html =
      '<!doctype html><html><head><title>x</title><script>alert(1)</script></head><body><h2>Start</h2><cite>Ann:</cite>\n<time>0:00</time>\n<p>Hello &amp; hi.<br>Second\n line.</p><p>More.</p><cite>Ben:</cite><time>1:02:03</time><p>Bye'
    const { format, transcript } = readTranscript(html)
    expect(format).toBe('html')
    expect(transcript.headings).toEqual([{ title: 'Start', start: 0, startMs: 0 }])
    expect(turns(html, { durationMs: 4_000_000 })).toEqual([
      ['Ann', 0, null, 'Hello & hi.\nSecond line.'],
      ['Ann', null, null, 'More.'],
      ['Ben', 3_723_000, 4_000_000, 'Bye'],
    ])
  })
})

describe('Markdown', () => {
  const markdown = `---
title: 'Of Tides: a lecture'
speakers:
  - Helen Marchetti
date: 2025-02-28
tags: [tides, "moon"]
summary: Nobody says this aloud.
---

## Welcome

Helen Marchetti: 00:00:01

Good [afternoon](https://example.com/a_b), **everyone**. See _this_ and \`that\`.
It is snake_case.

### A **question**

[Audience]: 00:01:00 Why?

Helen Marchetti: 00:01:05

> Because.

![picture](x.png)

- first point
1. second point
`
  it('gives front matter as metadata, headings separately, and text without markup', () => {
    const { format, metadata, transcript } = readTranscript(markdown, { type: 'text/vtt' })
    expect(format).toBe('markdown')
    expect(metadata).toEqual({
      title: 'Of Tides: a lecture',
      speakers: ['Helen Marchetti'],
      date: '2025-02-28',
      tags: ['tides', 'moon'],
      summary: 'Nobody says this aloud.',
    })
    expect(transcript.text).not.toMatch(/Nobody says|Welcome|question|tides|\*|_this_|00:/)
    expect(transcript.headings).toEqual([
      { title: 'Welcome', start: 0, startMs: 1000 },
      { title: 'A question', start: transcript.text.indexOf('Why?'), startMs: 60_000 },
    ])
    expect(turns(markdown)).toEqual([
      ['Helen Marchetti', 1000, 60_000, 'Good afternoon, everyone. See this and that.\nIt is snake_case.'],
      ['Audience', 60_000, 65_000, 'Why?'],
      ['Helen Marchetti', 65_000, null, 'Because.\n\nfirst point\nsecond point'],
    ])
  })

  it('can drop all headings, and changes nothing else', () => {
    const kept = readTranscript(markdown).transcript
    const dropped = readTranscript(markdown, { dropHeadings: true }).transcript
    expect(dropped).toEqual({ ...kept, headings: [] })
  })

  it('reads the keys of front matter with capitals too', () => {
    const { metadata, transcript } = readTranscript(
      '---\nTitle: On bees\nDate: 2024-01-02\nSpeakers: [Ann Lee]\n---\n\nWords that are said.\n',
    )
    expect(metadata).toEqual({ title: 'On bees', date: '2024-01-02', speakers: ['Ann Lee'] })
    expect(transcript.text).toBe('Words that are said.')
  })

  it('survives front matter that is not YAML', () => {
    const { metadata, transcript } = readTranscript('---\ntitle: "open\nspeakers: [a\n---\n\nWords that are said.\n')
    expect(metadata.speakers).toBeUndefined()
    expect(transcript.text).toBe('Words that are said.')
    expect(transcript.warnings.join()).toMatch(/front matter/)
  })
})

describe('text that begins with a rule', () => {
  const rest = '---\n\nAnn: And so we end.\n'
  it.each([
    ['words', 'Welcome to the show, everyone. Today we talk about bees.\n'],
    ['lines without a stop', 'welcome to the show\ntoday we talk about bees\n'],
    ['turns', 'Host: welcome to the show, everyone\nAnn: thank you for having me here\n'],
    ['turns with colons', 'Host: what I say is: welcome: come in.\nAnn: and I say: thank you.\n'],
    ['one turn', 'Host: welcome to the show.\n'],
    ['short turns', 'Ann: Hello\nBen: Hello\nAnn: Well\n'],
    ['a list', '- milk and honey\n- bread\n'],
    ['a long stretch', 'welcome to the show\n'.repeat(2000)],
    ['a long list', '- milk and honey\n'.repeat(2000)],
  ])('loses nothing: %s', (_, said) => {
    for (const hints of [{}, { name: 'episode.md' }]) {
      const { transcript, metadata } = readTranscript(`---\n${said}${rest}`, hints)
      const words = (text: string) => text.match(/\p{L}+/gu) ?? []
      const speakers = new Set(transcript.marks.flatMap(({ speaker }) => speaker ?? []))
      const expected = words(said + rest).filter((word) => !speakers.has(word))
      expect(words(transcript.text).filter((word) => !speakers.has(word))).toEqual(expected)
      expect([metadata, transcript.warnings]).toEqual([{}, []])
    }
  })

  it.each([
    'title: Why we said: no\nhost: Welcome to the jungle we say.',
    '',
    'layout: post\nauthor: Ann Lee\npermalink: /a',
    'Episode: 12\nHost: Ann Lee\nGuests:\n  - Ben Okri, who wrote it.',
  ])('has front matter there if that is a map and not speech: %j', (yaml) => {
    const { format, transcript } = readTranscript(`---\n${yaml}\n---\n\nWords that are said.\n`)
    expect([format, transcript.text]).toEqual(['markdown', 'Words that are said.'])
  })
})

describe('plain text', () => {
  it.each([
    [
      'Ann Lee: 00:00:01\n\nHello.\n\nBen 00:00:05\nHi.',
      [
        ['Ann Lee', 1000, 5000, 'Hello.'],
        ['Ben', 5000, null, 'Hi.'],
      ],
    ],
    [
      '[00:01:02] Speaker 1: Hello.\n[00:01:09] Speaker 2: Hi.\n[00:01:11] Speaker 1: Well.',
      [
        ['Speaker 1', 62_000, 69_000, 'Hello.'],
        ['Speaker 2', 69_000, 71_000, 'Hi.'],
        ['Speaker 1', 71_000, null, 'Well.'],
      ],
    ],
    [
      '00:00:05\nHello there.\n\n00:00:09\nAgain.',
      [
        [null, 5000, 9000, 'Hello there.'],
        [null, 9000, null, 'Again.'],
      ],
    ],
    [
      'Q: Why?\n\nA: Because.\n\nQ: And?\n\nA: So.',
      [
        ['Q', null, null, 'Why?'],
        ['A', null, null, 'Because.'],
        ['Q', null, null, 'And?'],
        ['A', null, null, 'So.'],
      ],
    ],
    [
      '**Ann:** (00:10) Hello.\n\n**Ann:** Again.',
      [
        ['Ann', null, null, '(00:10) Hello.'],
        ['Ann', null, null, 'Again.'],
      ],
    ],
  ])('reads %j', (text, expected) => {
    expect(turns(text)).toEqual(expected)
  })

  it('reads minutes with offices and affiliations', () => {
    const text =
      'The Chair (Hon. A. Rota (North, Lib.)): I call the meeting to order.\n\nMs. May (Gulf Islands, GP): Thank you.\n\nThe Chair: Prof. Lee?\n\nProf. Lee: Yes: gladly.\n\nMs. May: Good.'
    expect(turns(text).map(([speaker, , , said]) => [speaker, said])).toEqual([
      ['The Chair', 'I call the meeting to order.'],
      ['Ms. May', 'Thank you.'],
      ['The Chair', 'Prof. Lee?'],
      ['Prof. Lee', 'Yes: gladly.'],
      ['Ms. May', 'Good.'],
    ])
  })

  it('does not take a clause for a name, nor a time of day for a time', () => {
    const text = 'There is one rule: never twice.\nNote: it is raining.\n3:30 in the afternoon is late.\nWarning: wet.'
    expect(turns(text)).toEqual([[null, null, null, text]])
  })

  it('drops a time that runs backwards and keeps the words', () => {
    const text = 'Ann: 00:00:10\n\nOne.\n\nBen: 00:00:04\n\nTwo.\n\nAnn: 00:00:20\n\nThree.\n\nBen: 00:00:30\n\nFour.'
    expect(
      turns(text)
        .map(([, startMs]) => startMs)
        .filter((ms) => ms === null),
    ).toHaveLength(1)
    expect(readTranscript(text).transcript.warnings).toEqual(['1 cue ran backwards in time; its time was dropped.'])
  })
})
