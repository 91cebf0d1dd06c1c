import fc from 'fast-check'
import { expect, test } from 'vitest'
import { claimCandidates } from '../../../src/signals/claims/claim-candidates.ts'
import { cleanClaim, selfContained } from '../../../src/signals/claims/claim-wording.ts'
import { makeReading } from '../reading/make-reading.ts'

const TALK = makeReading(
  [
    'Welcome to the show, thanks for listening, and hello to everybody out there in the world today.',
    'So, um, the harbour wall was built in 1840 because winter storms had sunk nine fishing boats. What do you make of it?',
    'That is why they did it, of course, and it was very good for them and for everybody there.',
    'Storms from the north push the sea against the harbour wall with a force of forty tonnes a metre.',
    {
      text: 'Sign up now for a free harbour mattress with the promo code WALL and get a discount of forty percent.',
      role: 'ad',
    },
    'The fishing boats left in 1990, and the harbour wall now protects a row of small hotels.',
    'Engineers found that the harbour wall moves by two millimetres a year towards the sea.',
  ],
  { title: 'The harbour wall' },
)

test('claims are complete and cleaned statements of the content, and their quotes are verbatim', () => {
  const claims = claimCandidates(TALK)
  expect(claims.map(({ text }) => text)).toContain(
    'The harbour wall was built in 1840 because winter storms had sunk nine fishing boats.',
  )
  for (const { evidence, text } of claims) {
    const segment = TALK.segments[evidence[0]?.segment ?? -1]
    expect(TALK.text.slice(segment?.start, segment?.end)).toContain(evidence[0]?.quote)
    expect(text).toMatch(/^\p{Lu}.*[.!]$/u)
  }
})

test('questions, greetings, advertisements and sentences that depend on others are no claims', () => {
  const texts = claimCandidates(TALK)
    .slice(0, 4)
    .map(({ text }) => text)
    .join('\n')
  expect(texts).not.toMatch(/\?|Welcome|mattress|That is why/)
})

test('claims do not repeat each other', () => {
  const same = 'The harbour wall keeps the winter storms away from the fishing boats of the town.'
  const claims = claimCandidates(
    makeReading([same, same, same, 'Bakers in the valley sell forty kinds of rye bread on market days.']),
  )
  expect(claims.filter(({ text }) => text === same)).toHaveLength(1)
})

test.each([
  ['and, um, so the wall, you know, held', 'The wall held.'],
  ['Yeah, so the tide is the the cause of it, right?', 'The tide is the cause of it.'],
  ['No harbour is safe in winter.', 'No harbour is safe in winter.'],
  ['No, harbours are safe.', 'Harbours are safe.'],
  [
    'So far nobody has found the kind of shell that he wanted.',
    'So far nobody has found the kind of shell that he wanted.',
  ],
  ['I think the wall will hold.', 'I think the wall will hold.'],
  ['Well the wall is older than the town.', 'The wall is older than the town.'],
  ['Well water is scarce here.', 'Well water is scarce here.'],
  ['Like for a new boat, they would ask the harbour.', 'For a new boat, they would ask the harbour.'],
  ['Like you, they have built a wall.', 'Like you, they have built a wall.'],
  ['Or you can set the sails low and wait.', 'You can set the sails low and wait.'],
  ["So that's the harbour of the old town.", "That's the harbour of the old town."],
  ['So that nobody drowns, the wall is high.', 'So that nobody drowns, the wall is high.'],
  ['Um.', ''],
])('%j becomes the claim %j', (spoken, claim) => {
  expect(cleanClaim(spoken)).toBe(claim)
  expect(cleanClaim(spoken)).not.toMatch(/\b(?:um|you know)\b/i)
})

test('a sentence that continues the one before it is no claim', () => {
  const whole = 'Masons create stone walls around the harbour against the winter storms.'
  for (const rest of [whole.replace('Masons', 'Like'), `So that's ${whole.slice(14)}`, `Or is ${whole.slice(14)}`])
    expect(selfContained(cleanClaim(rest))).toBeLessThan(0.4 * selfContained(whole))
})

test('marks of the transcriber stay in the quote and are left out of the claim', () => {
  expect(cleanClaim("Okay , so the {vocalsound} wall does n't move [laughs] .")).toBe("The wall doesn't move.")
  const said = 'The harbour wall protects the old fishing boats from all the winter storms'
  expect(selfContained(said, `${said} {disfmarker}`)).toBeLessThan(0.5 * selfContained(said))
  const marked = makeReading([
    `${said} (laughs).`,
    'The tide rises by four metres twice a day in the [inaudible] harbour.',
  ])
  const [claim] = claimCandidates(marked)
  expect(claim?.text).toBe(`${said}.`)
  expect(claim?.evidence[0]?.quote).toBe(`${said} (laughs).`)
})

test('cleaning adds no word', () => {
  const word = fc.constantFrom(
    'the',
    'the',
    'um',
    'so',
    'and',
    'wall',
    'holds',
    ',',
    '.',
    'you know',
    'kind of',
    'right',
    'No',
    'I',
    'mean',
    '"',
  )
  fc.assert(
    fc.property(fc.array(word, { maxLength: 30 }), (words) => {
      const spoken = words.join(' ')
      const before = new Set(spoken.toLowerCase().match(/\p{L}+/gu) ?? [])
      for (const each of cleanClaim(spoken)
        .toLowerCase()
        .match(/\p{L}+/gu) ?? [])
        expect(before).toContain(each)
    }),
  )
})

test('a sentence that stands on its own is distinguished from one that depends on its context', () => {
  const whole = selfContained('The harbour wall protects the fishing boats from winter storms.')
  expect(whole).toBe(1)
  for (const leaning of [
    'It protects the fishing boats from winter storms every year.',
    'Which is why the harbour wall protects the boats in winter.',
    'I want to talk about the harbour wall and the boats in winter.',
    'Priya, there was a report about the harbour wall in winter.',
  ])
    expect(selfContained(leaning)).toBeLessThan(0.7 * whole)
})

test('a song, and a text too short for claims, give their own lines, a refrain first', () => {
  const refrain = 'Take the slow boat, take the slow boat, love.'
  const song = makeReading(
    [`I packed your coat in the kitchen light. ${refrain}`, `The town will say what it will say. ${refrain}`],
    { kind: 'song' },
  )
  expect(claimCandidates(song)[0]?.evidence[0]?.quote).toBe(refrain)
  expect(claimCandidates(makeReading(['what we see is this and that is it']))).toHaveLength(1)
  expect(claimCandidates(makeReading([]))).toEqual([])
})

test('sentences in other languages are not changed', () => {
  const german = 'Die Brücke über die Elbe bleibt bis zum Ende des Jahres für alle Fahrzeuge gesperrt.'
  expect(claimCandidates(makeReading([german], { language: 'de' }))).toMatchObject([{ text: german }])
})

test('equal input gives equal output, also if it was cloned for a worker', () => {
  expect(claimCandidates(structuredClone(TALK))).toEqual(claimCandidates(TALK))
})
