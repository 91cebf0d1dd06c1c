import { expect, test } from 'vitest'
import { keyphrases } from '../../src/signals/keyphrases.ts'
import { readingOf } from './entities-readings.ts'

const reading = readingOf([
  'The fee estimation looks at recent blocks. Fee estimation is hard, um, you know, and the fee estimation fails often in a wallet.',
  'A compact filter is small. The compact filter tells the wallet what to fetch. Every compact filter is checked.',
])
const both = [
  { first: 0, last: 0 },
  { first: 1, last: 1 },
]

test('a stretch is told by the phrase that it has and the rest has not', () => {
  const [first, second] = keyphrases(reading, both)
  expect(first?.[0]).toMatchObject({ phrase: 'fee estimation', count: 3 })
  expect(second?.[0]).toMatchObject({ phrase: 'compact filter', count: 3 })
})

test('phrases are no fragments: none begins or ends with a function word, filler or number', () => {
  for (const { phrase } of keyphrases(reading, both).flat())
    expect(phrase).not.toMatch(/^(?:the|a|is|um|you|to|in|and|of|often)\b|\b(?:the|is|um|know|to|in|and|of|often)$/i)
})

test('a part that stands only inside a longer phrase is not offered beside it', () => {
  const phrases = keyphrases(reading, both)[1]?.map(({ phrase }) => phrase)
  expect(phrases).toContain('compact filter')
  expect(phrases).not.toContain('filter')
})

test('speakers and advertisements set nothing apart', () => {
  const said = readingOf([
    { text: 'Thanks, Ada Byron. Ada Byron knows the harbour wall. The harbour wall is old.', speaker: 'Ada Byron' },
    { text: 'Get a mattress voucher. The mattress voucher is free. Use the mattress voucher.', role: 'ad' },
  ])
  const phrases = keyphrases(said, [{ first: 0, last: 1 }])
    .flat()
    .map(({ phrase }) => phrase)
  expect(phrases).toContain('harbour wall')
  expect(phrases.join(' ')).not.toMatch(/Byron|mattress/)
})

test('an empty stretch has none', () => {
  expect(keyphrases(reading, [{ first: 5, last: 9 }])).toEqual([[]])
})
