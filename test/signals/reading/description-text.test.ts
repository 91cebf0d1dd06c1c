import fc from 'fast-check'
import { expect, test } from 'vitest'
import { attributeCandidates } from '../../../src/signals/attributes/attribute-candidates.ts'
import { claimCandidates } from '../../../src/signals/claims/claim-candidates.ts'
import { entityCandidates } from '../../../src/signals/names/entity-candidates.ts'
import { ownSentences, ownWords } from '../../../src/signals/reading/description-text.ts'
import { makeReading } from './make-reading.ts'

const DESCRIPTION = `Marta Oyelaran sits down with Jonas to talk about the lighthouse keepers of Skerry Point.
She explains why the last of them refused to leave in 1987, and what the storm did to the lamp room.

Support the show: https://example.org/pay
Follow us on Facebook and Twitter @skerrypod.
Episode 32: The Keepers
Links & Show Notes
See Privacy Policy at https://example.org/privacy.
Hosted on Acast. See acast.com/privacy for more information.`

const metadata = makeReading([], { title: 'Episode 32: The Keepers', description: DESCRIPTION })

test('a description’s own sentences are kept; requests, links, headings and notices are not', () => {
  expect(ownSentences(DESCRIPTION).map(({ text }) => text)).toEqual([
    'Marta Oyelaran sits down with Jonas to talk about the lighthouse keepers of Skerry Point.',
    'She explains why the last of them refused to leave in 1987, and what the storm did to the lamp room.',
  ])
})

test.each([
  'Listen early and ad free with Harbour Plus.',
  'This episode is sponsored by Nordic Mattress.',
  'Use code SKERRY for 20% off.',
  'Edited by Ada Byron, artwork by Rune Dahl.',
  'https://example.org/shop',
  'Starring:',
  '00:12:30 The storm',
])('%j says nothing about the item', (line) => {
  expect(ownWords(line)).toBe('')
})

test('a long list of supporters is left out, and a short list of subjects stays', () => {
  const names = ['Ada Byron', 'Rune Dahl', 'Ines Prado', 'Otto Lang', 'Mei Tan', 'Sven Ek', 'Lena Ost']
  expect(ownWords(names.join('\n'))).toBe('')
  expect(ownWords('The lamp room\nThe storm of 1987')).toBe('The lamp room\nThe storm of 1987')
})

test('without a transcript the claims are sentences of the description, and their quotes are found in it', () => {
  const claims = claimCandidates(metadata)
  expect(claims.map(({ text }) => text)).toEqual([
    'Marta Oyelaran sits down with Jonas to talk about the lighthouse keepers of Skerry Point.',
    'She explains why the last of them refused to leave in 1987, and what the storm did to the lamp room.',
  ])
  for (const { evidence } of claims) {
    expect(evidence).toMatchObject([{ source: 'description', segment: null }])
    expect(DESCRIPTION).toContain(evidence[0]?.quote)
  }
})

test('a description of only requests and links gives no claims', () => {
  expect(
    claimCandidates(makeReading([], { description: 'Support the show at example.org. Follow us on Twitter.' })),
  ).toEqual([])
})

test('names come from sentences about the item, not from what is written below every episode', () => {
  const names = entityCandidates(metadata).map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(['Marta Oyelaran', 'Skerry Point']))
  expect(names.join(' ')).not.toMatch(/Facebook|Twitter|Privacy|Acast|Episode/)
})

test('a format is given if the description says it, and left open otherwise', () => {
  const [format] = attributeCandidates(metadata)
  expect(format).toMatchObject({ name: 'format', value: 'interview' })
  expect(DESCRIPTION).toContain(format?.evidence[0]?.quote)
  expect(
    attributeCandidates(makeReading([], { title: 'The lamp', description: 'A lamp burns all night on the rock.' })),
  ).toEqual([])
})

test('coarse words in a description show that it is explicit; their absence shows nothing', () => {
  const coarse = attributeCandidates(makeReading([], { description: 'A tale of people who give a shit about lamps.' }))
  expect(coarse.map(({ name }) => name)).toEqual(['explicit'])
  expect(attributeCandidates(metadata).some(({ name }) => name === 'explicit')).toBe(false)
})

test('every own sentence is the slice of the description at its offsets', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...DESCRIPTION.split('\n'), '…', ' 🎧 x', 'Mr. Day left.')), (lines) => {
      const text = lines.join('\n')
      const found = ownSentences(text)
      for (const sentence of found) expect(text.slice(sentence.start, sentence.end)).toBe(sentence.text)
      for (const [i, sentence] of found.entries()) expect(sentence.start).toBeGreaterThanOrEqual(found[i - 1]?.end ?? 0)
    }),
  )
})
