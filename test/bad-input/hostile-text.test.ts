import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { readFeed } from '../../src/ingest/feed/read-feed.ts'
import { readTranscript } from '../../src/ingest/transcripts/parse-transcript.ts'
import { processorMs, slowness } from '../support/processor-time.ts'

/** Far above what the slowest of them needs, far below what it took before it was bounded. */
const MOST_MS = 2500

function timed<T>(read: () => T): T | Error {
  const begun = processorMs()
  try {
    return read()
  } catch (error) {
    if (error instanceof Error) return error
    throw error
  } finally {
    expect(processorMs() - begun).toBeLessThan(MOST_MS * slowness())
  }
}

/** Throws away what V8 has compiled of regular expressions: they are compiled anew where they are used next. */
function forgetRegularExpressions(): void {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  for (let round = 0; round < 8; round++) collect()
}

describe('front matter that would keep a YAML parser busy', () => {
  it.each([
    ['keys inside keys', '? '.repeat(9000)],
    ['keys inside keys, in lists', `a: ${'[? '.repeat(3000)}${']'.repeat(3000)}`],
    ['keys inside keys, in maps', `a: ${'{? '.repeat(3000)}${'}'.repeat(3000)}`],
    ['keys inside keys, indented', Array.from({ length: 190 }, (_, n) => `${' '.repeat(n)}?`).join('\n')],
    ['aliases', 'a: &a [*a]\n'.repeat(1500)],
    ['many more aliases', 'a: &a [*a]\n'.repeat(100_000)],
    ['merges', 'a: &a\n  <<: *a\n'.repeat(1300)],
    ['lists inside lists', `a: ${'['.repeat(19_000)}`],
  ])('%s: is ignored with a note, and the words are read', (_, yaml) => {
    forgetRegularExpressions()
    const read = timed(() => readTranscript(`---\n${yaml}\n---\n# Tomatoes\n\nThey need sun.`))
    if (read instanceof Error) throw read
    expect(read.transcript.text).toBe('They need sun.')
    expect(read.transcript.warnings).toEqual(['The front matter could not be read and was ignored.'])
    expect(read.metadata).toEqual({})
  })

  it('does not cost people their questions, lists and quotes', () => {
    const yaml =
      'title: "Pourquoi ? Parce que"\ndate: 2024-01-02\nspeakers:\n  - Ada\n  - Ben\nsummary: &s What? Why?\nnote: *s'
    expect(readTranscript(`---\n${yaml}\n---\n# H\n\nHello.`).metadata).toMatchObject({
      title: 'Pourquoi ? Parce que',
      date: '2024-01-02',
      speakers: ['Ada', 'Ben'],
    })
  })
})

describe('transcripts that are long in one place', () => {
  const lines = (last: string) => `${Array.from({ length: 60_000 }, (_, n) => `word${n}`).join('\n')}\n${last}`

  it.each([
    ['a cue of very many lines', `WEBVTT\n\n00:01.000 --> 00:02.000\n${lines('end')}\n`, 60_001],
    [
      'two such cues',
      `WEBVTT\n\n00:01.000 --> 00:02.000\n${lines('end')}\n\n00:02.000 --> 00:03.000\n${lines('over')}\n`,
      120_002,
    ],
    ['elements inside elements', `${'<b>'.repeat(4000)}${'word <i></i>'.repeat(250_000)}`, 250_000],
    ['headings above the same words', `${lines('end').replace(/^/gm, '# ')}\n\nOnly this is said.`, 4],
  ])('%s: every word is read', (_, source, words) => {
    const read = timed(() => readTranscript(source))
    if (read instanceof Error) throw read
    expect(read.transcript.text.split(/\s+/)).toHaveLength(words)
  })
})

describe('feeds that would keep an XML parser busy', () => {
  const feed = (inside: string, before = '') =>
    `<?xml version="1.0"?>${before}<rss version="2.0"><channel><title>x</title>${inside}</channel></rss>`
  const laughs = Array.from({ length: 12 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('')

  it.each([
    ['entities of entities', feed('<item><title>&l12;</title></item>', `<!DOCTYPE rss [<!ENTITY l0 "lol">${laughs}]>`)],
    [
      'an entity that is a file',
      feed('<item><title>&f;</title></item>', '<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd">]>'),
    ],
    ['elements inside elements', feed('<item>'.repeat(20_000))],
    ['an element that never ends', feed(`<item><title>${'<'.repeat(50_000)}`)],
    ['attributes', feed(`<item ${'a="b" '.repeat(50_000)}><title>a</title></item>`)],
  ])('%s', (_, xml) => {
    const read = timed(() => readFeed(xml))
    if (read instanceof Error) expect(read.message).toMatch(/^The feed .*\.$/)
    else expect(JSON.stringify(read.items)).not.toMatch(/lollol|root:/)
  })
})
