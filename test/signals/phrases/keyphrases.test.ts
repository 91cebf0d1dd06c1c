import { expect, test } from 'vitest'
import { keyphrases } from '../../../src/signals/phrases/keyphrases.ts'
import { makeReading } from '../reading/make-reading.ts'

const reading = makeReading([
  'The fee estimation looks at recent blocks. Fee estimation is hard, um, you know, and the fee estimation fails often in a wallet.',
  'A compact filter is small. The compact filter tells the wallet what to fetch. Every compact filter is checked.',
])
const both = [
  { first: 0, last: 0 },
  { first: 1, last: 1 },
]

test('the keyphrase of a stretch is the phrase that only this stretch has', () => {
  const [first, second] = keyphrases(reading, both)
  expect(first?.[0]).toMatchObject({ phrase: 'fee estimation', count: 3 })
  expect(second?.[0]).toMatchObject({ phrase: 'compact filter', count: 3 })
})

test('keyphrases are no fragments: none begins or ends with a function word, filler or number', () => {
  for (const { phrase } of keyphrases(reading, both).flat())
    expect(phrase).not.toMatch(/^(?:the|a|is|um|you|to|in|and|of|often)\b|\b(?:the|is|um|know|to|in|and|of|often)$/i)
})

test('a part that occurs only inside a longer phrase is not offered beside it', () => {
  const phrases = keyphrases(reading, both)[1]?.map(({ phrase }) => phrase)
  expect(phrases).toContain('compact filter')
  expect(phrases).not.toContain('filter')
})

test('speakers and advertisements give no keyphrases', () => {
  const said = makeReading([
    { text: 'Thanks, Ada Byron. Ada Byron knows the harbour wall. The harbour wall is old.', speaker: 'Ada Byron' },
    { text: 'Get a mattress voucher. The mattress voucher is free. Use the mattress voucher.', role: 'ad' },
  ])
  const phrases = keyphrases(said, [{ first: 0, last: 1 }])
    .flat()
    .map(({ phrase }) => phrase)
  expect(phrases).toContain('harbour wall')
  expect(phrases.join(' ')).not.toMatch(/Byron|mattress/)
})

const only = (text: string) =>
  keyphrases(makeReading([text]), [{ first: 0, last: 0 }])
    .flat()
    .map(({ phrase }) => phrase)

test('marks of transcribers and sounds are no words, and no phrase contains one', () => {
  const phrases = only(
    'The {gap} harbour [inaudible] wall is old. Mm-hmm, the {gap} harbour wall. Umm, {pause} the harbour wall. {pause} Nnn.',
  )
  expect(phrases[0]).toBe('harbour wall')
  expect(phrases.join(' ')).not.toMatch(/gap|inaudible|pause|mm|nnn/i)
})

test('a capital at the beginning of a sentence makes no name, and no phrase begins with a verb', () => {
  const phrases = only(
    'Absolutely. Excellent. They protect employees, and we protect employees. Excellent. The fee is high. Absolutely. The fee rose.',
  )
  expect(phrases).toContain('fee')
  expect(phrases.join(' ')).not.toMatch(/absolutely|excellent|protect/i)
})

const ALONG = 'They went on, and nobody there said what they had seen or where they were. '

test('of two equally frequent phrases, the one at the beginning of a stretch comes first', () => {
  const [early, late] = ['The paper kite was old. ', 'The tin whistle was old. ']
  const along = ALONG.repeat(12)
  expect(only(`${early}${early}${along}${late}${late}${along}`)[0]).toBe('paper kite')
  expect(only(`${late}${late}${along}${early}${early}${along}`)[0]).toBe('tin whistle')
})

test('of two equally frequent phrases, the one that occurs in more segments comes first', () => {
  const texts = [
    ALONG.repeat(40),
    'The tin whistle: a tin whistle, the tin whistle. A paper kite.',
    'The paper kite.',
    'A paper kite.',
  ]
  const [phrases] = keyphrases(makeReading(texts), [{ first: 0, last: 3 }])
  expect(phrases?.map(({ phrase, count }) => [phrase, count])).toEqual([
    ['paper kite', 3],
    ['tin whistle', 3],
  ])
})

test('two things that are named together are a phrase if that is repeated', () => {
  expect(only('The salt and pepper stood there. The salt and pepper fell.')[0]).toBe('salt and pepper')
  expect(only('The salt and pepper stood there. The salt fell. The pepper fell.').join(' ')).not.toMatch(/ and /)
})

test('words for how much of something there is, or where on it, are no part of a phrase', () => {
  const phrases = only('The amount of probing. The probing grew. On top of the probing, a majority of the probing.')
  expect(phrases[0]).toBe('probing')
  expect(phrases.join(' ')).not.toMatch(/amount|top|majority/)
})

test('an empty stretch has no keyphrases', () => {
  expect(keyphrases(reading, [{ first: 5, last: 9 }])).toEqual([[]])
})
