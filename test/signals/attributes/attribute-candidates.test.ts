import { describe, expect, it } from 'vitest'
import { attributeCandidates } from '../../../src/signals/attributes/attribute-candidates.ts'
import { makeReading, type Stretch } from '../reading/make-reading.ts'

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

  it('says what was measured and gives places in the transcript as evidence', () => {
    const found = best(interview, 'format')
    expect(found?.because).toContain('2 speakers')
    expect(found?.evidence.every(({ segment }) => segment !== null)).toBe(true)
  })

  it('recognises the audience by technical terms and by words of children’s stories', () => {
    const jargon =
      'The protocol hashes every transaction; a node keeps the mempool in bytes, and the compiler checks the implementation of the algorithm.'
    expect(best([jargon, jargon], 'audience')?.value).toBe('professionals')
    expect(best(story, 'audience', { title: 'A bedtime story for children' })?.value).toBe('children')
  })

  it('grades profanity, also when it is masked', () => {
    const clean =
      'We talked about maps for an hour, and then we drew one together on the wall of the kitchen with chalk and string.'
    expect(best([clean], 'explicit')?.value).toBe('clean')
    expect(best([clean, 'Oh, s***, that was close.'], 'explicit')?.value).toBe('mild')
    expect(best([clean, 'F***ing s***, I said, what the f*** is this, f*** off.'], 'explicit')?.value).toBe('explicit')
  })

  it('recognises sombre and humorous tones by their words', () => {
    const grief =
      'After the funeral she went to the grave. The death of her brother, the murder, the mourning: grief has no end, and the victims have names.'
    expect(best([grief, grief], 'tone')?.value).toBe('sombre')
    const fun =
      '[laughter] That joke was hilarious. You are kidding, that is so funny, ha. [laughter] It was silly, a ridiculous joke, and we laughed about it all the way home.'
    expect(best([fun, fun], 'tone')?.value).toBe('humorous')
  })

  it('supports tone and audience with the strongest sentences of the whole item, which stand apart from each other', () => {
    const idle = repeat(30, (n) => `On day ${n} we walked along the river and looked at the boats for an hour or two.`)
    const said = [...idle]
    said[2] = 'It is a problem.'
    said[6] = 'The risk is serious, and the danger is urgent.'
    said[16] = 'We must decide on that issue, and we are worried about the consequences.'
    said[28] = 'A threat that we take seriously is a problem of our responsibility.'
    const tone = best(said, 'tone')
    expect(tone?.value).toBe('serious')
    expect(tone?.evidence).toEqual(
      [16, 6, 28].map((segment) => ({ source: 'transcript', segment, quote: said[segment] })),
    )
  })

  it('gives no tone or audience if there is only one weak word for it', () => {
    const plain =
      'We walked along the river for an hour, and then we sat down on the bank and ate our bread and cheese.'
    const words = `${plain} That was funny.`
    expect(best([words, plain], 'tone')).toBeUndefined()
    expect(best([plain, 'It stands for bread.'], 'audience')).toBeUndefined()
    expect(best([plain, plain], 'tone')).toBeUndefined()
    expect(best([plain, plain], 'audience')).toBeUndefined()
  })

  it('quotes a long sentence around the word that shows it', () => {
    const long = `${'and then we went on along the river '.repeat(12)}until the problem and the risk and the danger were serious`
    const quote = best([long, long], 'tone')?.evidence[0]?.quote ?? ''
    expect(quote.length).toBeLessThanOrEqual(240)
    expect(quote).toContain('problem')
    expect(long).toContain(quote)
  })

  it('recognises an explaining tone, and explanations for people who do not know the subject', () => {
    const lay =
      'A sail is, simply put, a wing. Think of it as a wing that stands up. For those who have never sailed: luff stands for the front edge.'
    expect(best([lay, lay], 'audience')?.value).toBe('general')
    const told =
      'It turns because the wind pushes. The reason is the keel, which means that it cannot slip. For example, a raft slips.'
    expect(best([told, told], 'tone')).toMatchObject({ value: 'neutral' })
  })

  it('quotes questions for an interview, profanity for explicit words, and the title for children', () => {
    expect(best(interview, 'format')?.evidence.every(({ quote }) => quote?.endsWith('?'))).toBe(true)
    const clean =
      'We talked about maps for an hour, and then we drew one together on the wall of the kitchen with chalk.'
    expect(best([clean, clean, `${clean} Oh, s***, that was close.`], 'explicit')?.evidence).toEqual([
      { source: 'transcript', segment: 2, quote: 'Oh, s***, that was close.' },
    ])
    expect(best(story, 'audience', { title: 'A bedtime story for children' })?.evidence[0]).toMatchObject({
      source: 'title',
    })
  })

  it('gives only the format in a language whose words it does not know', () => {
    const german = repeat(
      6,
      () => 'Sie hören die Nachrichten. Die Brücke bleibt gesperrt, wie die Stadt am Nachmittag mitteilte.',
    )
    const found = attributeCandidates(makeReading(german, { language: 'de', title: 'Nachrichten' }))
    expect(new Set(found.map(({ name }) => name))).toEqual(new Set(['format']))
    expect(found[0]?.value).toBe('news')
  })

  it('gives nothing without words', () => {
    expect(attributeCandidates(makeReading([]))).toEqual([])
    expect(attributeCandidates(makeReading(['Hm.']))).toEqual([])
  })
})

it('a telephone call without marked speakers is a conversation, not a lecture', () => {
  const call = [
    'Good morning, town library, how can I help you? Hello, I lost a book that I had from you, what do I do now?',
    'Do you have your card with you? Yes, I do. Can you read me the number? I can, one moment, are you ready?',
    'I am. Thank you. Did you look in the bus that you came with? I asked, but they have nothing, you know.',
    'Then I will write it down for you. Will I have to pay? You will not, if you bring it to us by Friday, is that all right?',
  ]
  const format = attributeCandidates(makeReading(call, { kind: 'talk' })).find(({ name }) => name === 'format')
  expect(format?.value).toBe('conversation')
})
