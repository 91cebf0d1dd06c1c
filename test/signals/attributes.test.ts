import { describe, expect, it } from 'vitest'
import { attributeCandidates } from '../../src/signals/attributes.ts'
import { makeReading, type Stretch } from './make-reading.ts'

const best = (stretches: readonly (string | Stretch)[], name: string, rest = {}) =>
  attributeCandidates(makeReading(stretches, rest)).find((candidate) => candidate.name === name)
const repeat = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n))
const longAnswer =
  'I began in a garden behind the station, and it took me four summers to find out which plants the insects like and which they pass by without a look.'

const interview = repeat(
  20,
  (n): Stretch =>
    n % 2 === 0
      ? { speaker: 'Ada', text: 'How did that begin? And what did you do next?' }
      : { speaker: 'Ben', text: longAnswer },
)
const conversation = repeat(
  20,
  (n): Stretch => ({
    speaker: n % 2 === 0 ? 'Ada' : 'Ben',
    text: 'I think that is right, and I would add that the plants do not care. Do you see it that way?',
  }),
)
const lecture = repeat(
  12,
  (): Stretch => ({
    speaker: 'Prof. Marsh',
    text: 'On this slide you see the diagram again. In the last lecture we derived the equation; students often ask why the constant is there.',
  }),
)
const story = repeat(10, (n) =>
  n % 2 === 0
    ? '"I shall go alone," she said. She took her coat and went down to the river, where he stood and waited for her.'
    : '"You were late," he said. He looked at her, turned away, and walked into the dark. She had known it before he did.',
)
const bulletin = repeat(
  6,
  () =>
    'The minister said on Monday that the council had approved the plan. Police reported no injuries. Officials told parliament that the bridge was closed.',
)
const lyrics = repeat(
  6,
  (n) =>
    `So take the slow boat\nTake the slow boat\nVerse number ${n} of the harbour light\nLet me keep you half the year`,
)

describe('attribute candidates', () => {
  it.each([
    ['interview', interview, {}],
    ['conversation', conversation, {}],
    ['lecture', lecture, { kind: 'talk' }],
    ['narrative', story, {}],
    ['reading', story, { kind: 'audiobook_chapter' }],
    ['news', bulletin, {}],
    ['music', lyrics, {}],
    ['music', lyrics, { kind: 'song' }],
  ] as const)('recognises %s', (format, stretches, rest) => {
    expect(best(stretches, 'format', rest)?.value).toBe(format)
  })

  it('recognises a panel and a meeting by their speakers and words', () => {
    const of = (text: string) => repeat(24, (n): Stretch => ({ speaker: `S${n % 5}`, text }))
    expect(
      best(of('I would say that the open network wins, and that we agree on most of it.'), 'format', {
        title: 'Panel: what next?',
      })?.value,
    ).toBe('panel')
    expect(
      best(of('Um, next on the agenda: the minutes of the last meeting, uh, and the action for Mel.'), 'format')?.value,
    ).toBe('meeting')
  })

  it('says what was measured and points at the transcript', () => {
    const found = best(interview, 'format')
    expect(found?.because).toContain('2 speakers')
    expect(found?.evidence.every(({ segment }) => segment !== null)).toBe(true)
  })

  it('hears technical terms, and the words of children', () => {
    const jargon =
      'The protocol hashes every transaction; a node keeps the mempool in bytes, and the compiler checks the implementation of the algorithm.'
    expect(best([jargon, jargon], 'audience')?.value).toBe('professionals')
    expect(best(story, 'audience', { title: 'A bedtime story for children' })?.value).toBe('children')
  })

  it('grades profanity, masked or not', () => {
    const clean =
      'We talked about maps for an hour, and then we drew one together on the wall of the kitchen with chalk and string.'
    expect(best([clean], 'explicit')?.value).toBe('clean')
    expect(best([clean, 'Oh, s***, that was close.'], 'explicit')?.value).toBe('mild')
    expect(best([clean, 'F***ing s***, I said, what the f*** is this, f*** off.'], 'explicit')?.value).toBe('explicit')
  })

  it('hears sorrow and laughter', () => {
    const grief =
      'After the funeral she went to the grave. The death of her brother, the murder, the mourning: grief has no end, and the victims have names.'
    expect(best([grief, grief], 'tone')?.value).toBe('sombre')
    const fun =
      '[laughter] That joke was hilarious. You are kidding, that is so funny, ha. [laughter] It was silly, a ridiculous joke, and we laughed about it all the way home.'
    expect(best([fun, fun], 'tone')?.value).toBe('humorous')
  })

  it('says nothing of tone, audience and explicitness in a language that it does not know, yet tells the format', () => {
    const german = repeat(
      6,
      () => 'Sie hören die Nachrichten. Die Brücke bleibt gesperrt, wie die Stadt am Nachmittag mitteilte.',
    )
    const found = attributeCandidates(makeReading(german, { language: 'de', title: 'Nachrichten' }))
    expect(new Set(found.map(({ name }) => name))).toEqual(new Set(['format']))
    expect(found[0]?.value).toBe('news')
  })

  it('says nothing without words', () => {
    expect(attributeCandidates(makeReading([]))).toEqual([])
    expect(attributeCandidates(makeReading(['Hm.']))).toEqual([])
  })
})

it('a telephone call whose speakers nobody marked is a conversation, no lecture', () => {
  const call = [
    'Good morning, town library, how can I help you? Hello, I lost a book that I had from you, what do I do now?',
    'Do you have your card with you? Yes, I do. Can you read me the number? I can, one moment, are you ready?',
    'I am. Thank you. Did you look in the bus that you came with? I asked, but they have nothing, you know.',
    'Then I will write it down for you. Will I have to pay? You will not, if you bring it to us by Friday, is that all right?',
  ]
  const format = attributeCandidates(makeReading(call, { kind: 'talk' })).find(({ name }) => name === 'format')
  expect(format?.value).toBe('conversation')
})
