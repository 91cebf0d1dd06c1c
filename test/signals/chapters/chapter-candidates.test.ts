import fc from 'fast-check'
import { expect, test } from 'vitest'
import { scoredGaps } from '../../../src/signals/chapters/chapter-boundaries.ts'
import { chapterCandidates } from '../../../src/signals/chapters/chapter-candidates.ts'
import { phraseTitle } from '../../../src/signals/chapters/chapter-phrases.ts'
import { similarities } from '../../../src/signals/chapters/lexical-cohesion.ts'
import type { Keyphrase } from '../../../src/signals/phrases/keyphrases.ts'
import { processorMs, slowness } from '../../support/processor-time.ts'
import { makeReading } from '../reading/make-reading.ts'

const BEES = ['bees', 'honey', 'hive', 'pollen', 'nectar', 'queen', 'swarm', 'flowers', 'beekeeper', 'comb']
const SHIPS = ['harbour', 'sail', 'mast', 'rudder', 'anchor', 'captain', 'cargo', 'hull', 'lighthouse', 'tide']
const BREAD = ['dough', 'flour', 'oven', 'yeast', 'crust', 'baker', 'loaf', 'butter', 'kneading', 'rye']

function stretch(subject: readonly string[], sentences: number): string[] {
  const word = (i: number) => subject[(i * 7 + 3) % subject.length]
  return Array.from(
    { length: sentences },
    (_, i) =>
      `The ${word(i)} and the ${word(i + 1)} were near the ${word(i + 2)} when somebody moved a ${word(i + 3)}. Nobody saw the ${word(i + 4)} there, and later they found that ${word(i + 5)} under an old ${word(i + 6)} beside it. After that a ${word(i)} stood by the ${word(i + 3)}.`,
  )
}

const THREE = [...stretch(BEES, 14), ...stretch(SHIPS, 14), ...stretch(BREAD, 14)]

test('without vectors, the deepest places are where the subject changes', () => {
  const found = chapterCandidates(makeReading(THREE))
  const deepest = found.filter(({ firstSegment }) => firstSegment > 0).sort((a, b) => b.depth - a.depth)
  expect(
    deepest
      .slice(0, 2)
      .map(({ firstSegment }) => firstSegment)
      .sort((a, b) => a - b),
  ).toEqual([14, 28])
})

test('vectors of meaning find the change without help from the words', () => {
  const same = stretch(BEES, 42)
  const vectors = same.map((_, i) => (i < 20 ? [1, 0, 0.1 * (i % 3)] : [0, 1, 0.1 * (i % 3)]))
  const found = chapterCandidates(makeReading(same, { vectors, space: 'test' }))
  const [deepest] = found.filter(({ firstSegment }) => firstSegment > 0).sort((a, b) => b.depth - a.depth)
  expect(deepest?.firstSegment).toBe(20)
})

test('candidates begin with the first segment, are in order, and have distinct titles made of the words of their text', () => {
  const found = chapterCandidates(makeReading(THREE))
  expect(found[0]).toMatchObject({ firstSegment: 0, depth: 1 })
  const places = found.map(({ firstSegment }) => firstSegment)
  expect(places).toEqual([...new Set(places)].sort((a, b) => a - b))
  const ships = found.find(({ firstSegment }) => firstSegment === 14)
  expect(ships?.keyphrases.some((phrase) => SHIPS.some((word) => phrase.includes(word)))).toBe(true)
  expect(ships?.title).toMatch(/^\p{Lu}/u)
  expect(ships?.title.split(' ').length).toBeLessThanOrEqual(7)
})

test('a few minutes of talk are one chapter', () => {
  expect(chapterCandidates(makeReading(stretch(BEES, 8)))).toHaveLength(1)
})

test('a welcome, an opening question and a farewell become titles', () => {
  const reading = makeReading([
    'Hello and welcome to the show. I am glad that you are here with us on this lovely day.',
    ...stretch(SHIPS, 14),
    {
      text: 'So, what is a swarm? Tell us about bees, please, since we move on to them now and have an hour left for it.',
      speaker: 'Ada',
    },
    ...stretch([...BEES, 'swarm', 'swarm'], 14),
    ...stretch(BREAD, 3),
    'That was all for today. Thank you so much for coming, and see you next time. Bye.',
  ])
  expect(chapterCandidates(reading).map(({ title }) => title)).toContain('What is a swarm?')
})

const GREETING = 'Hello and welcome back to the show. I am glad that you are here with us on this lovely day.'
const titlesOf = (texts: Parameters<typeof makeReading>[0], rest = {}) =>
  chapterCandidates(makeReading(texts, rest)).map(({ title }) => title)

test('an item that begins with a welcome is titled by what the welcome announces and the item comes back to', () => {
  const announced = `${GREETING} Today it is all about the beekeeper and the wild swarm, and about what a wild swarm needs.`
  const bees = stretch(BEES, 14).map((text, i) => (i % 3 === 0 ? `${text} A wild swarm flew by.` : text))
  expect(titlesOf([announced, ...stretch(SHIPS, 14), ...bees])[0]).toBe('Wild swarm')
})

test('an opening that is only a greeting is called a welcome, and no chapter is called an introduction', () => {
  const titles = titlesOf([
    ...Array.from({ length: 4 }, () => GREETING),
    'How are you all doing? We had a fine week, and my sister came to see us, which was very nice indeed.',
    ...Array.from(
      { length: 4 },
      () => 'So let us begin and see how far we get with it before we have to go home again.',
    ),
    ...stretch(SHIPS, 14),
    ...stretch(BREAD, 14),
  ])
  expect(titles[0]).toBe('Welcome')
  expect(titles).not.toContain('Introduction')
})

test('a title is the phrase that matters most, and has two phrases only if both matter alike', () => {
  const cheese = stretch(BREAD, 14).map((text) => `The goat cheese was ripe. ${text}`)
  expect(titlesOf([...stretch(SHIPS, 14), ...cheese])).toContain('Goat cheese')
  const pairs = stretch(BREAD, 14).map((text) => `The goat cheese was ripe, and so was the plum wine. ${text}`)
  expect(titlesOf([...stretch(SHIPS, 14), ...pairs])).toContain('Goat cheese and plum wine')
})

test('a single name is joined by a phrase that is repeated and stands mostly in the same stretch', () => {
  const stretch = { text: 'Tor, then.', words: 900, isOpening: false, isLast: false, isEnglish: true }
  const tor = { phrase: 'Tor', score: 8.5, count: 19, everywhere: 30, lift: 2.4 }
  const onion = { phrase: 'onion address', score: 5, count: 3, everywhere: 4, lift: 3.4 }
  const title = (...phrases: Keyphrase[]) => phraseTitle(stretch, phrases, new Set(), '')
  expect(title(tor, onion)).toBe('Tor and onion address')
  expect(title(tor, { ...onion, everywhere: 20 })).toBe('Tor')
  expect(title(tor, { ...onion, count: 1 })).toBe('Tor')
  expect(title(tor, { ...onion, score: 4 })).toBe('Tor')
  expect(title({ ...tor, phrase: 'ID' }, { ...onion, phrase: 'stray IDs', score: 5 })).not.toMatch(/^ID and/)
  expect(title({ ...tor, phrase: 'hidden server' }, onion)).toBe('Hidden server')
})

test('no mark of a transcriber appears in a title or a keyphrase', () => {
  const marks = ['{vocalsound}', '[inaudible]', '(laughs)', '<unk>', '{disfmarker}']
  const marked = THREE.map((text, i) => `${marks[i % 5]} ${text} ${marks[(i + 1) % 5]} ${marks[(i + 2) % 5]}`)
  const found = chapterCandidates(makeReading(marked))
  const said = found.flatMap(({ title, keyphrases }) => [title, ...keyphrases]).join(' ')
  expect(said).not.toMatch(/vocalsound|inaudible|laughs|unk\b|disfmarker|[{}<>[\]()]/i)
  const asked = `Okay , so {disfmarker} what is a {vocalsound} swarm ? ${THREE[0]}`
  expect(titlesOf([...stretch(SHIPS, 14), asked, ...stretch([...BEES, 'swarm'], 14)])).toContain('What is a swarm?')
})

test('the titles of an item differ, and consist of its words', () => {
  const titles = titlesOf([...THREE, ...stretch(SHIPS, 14)])
  expect(new Set(titles.map((title) => title.toLowerCase())).size).toBe(titles.length)
  const text = [...THREE].join(' ').toLowerCase()
  for (const part of titles.flatMap((title) => title.toLowerCase().split(' and '))) expect(text).toContain(part)
})

test('an item without a transcript has no chapters, and a text of one segment has one', () => {
  expect(chapterCandidates(makeReading([]))).toEqual([])
  expect(chapterCandidates(makeReading(['The harbour was quiet.']))).toHaveLength(1)
})

test('equal input gives equal output, also if it was cloned for a worker', () => {
  const reading = makeReading(THREE)
  expect(chapterCandidates(structuredClone(reading))).toEqual(chapterCandidates(reading))
})

test('tiny differences do not change the depths: vectors that differ by a millionth give nearly the same', () => {
  const texts = stretch(BEES, 40)
  const indexes = [...texts.keys()]
  const depthsOf = (vectors: number[][]) =>
    scoredGaps(makeReading(texts, { vectors, space: 'test' }), indexes).map(({ depth }) => depth)
  const direction = fc.constantFrom<number[]>([1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0])
  const directions = fc.array(direction, { minLength: 40, maxLength: 40 })
  const hairs = fc.array(fc.integer({ min: -1, max: 1 }), { minLength: 40, maxLength: 40 })
  fc.assert(
    fc.property(directions, hairs, (vectors, hair) => {
      const other = depthsOf(vectors.map((vector, i) => vector.map((x) => x + 1e-6 * (hair[i] ?? 0))))
      depthsOf(vectors).forEach((depth, i) => {
        expect(Math.abs(depth - (other[i] ?? 0))).toBeLessThan(0.001)
      })
    }),
    { numRuns: 60 },
  )
})

/**
 * The definition: the cosine between the sums of words on both sides of a gap. The last segment of a window counts as far as the window
 * reaches.
 */
function asDefined(vectors: readonly number[][], words: readonly number[], window: number): number[] {
  const sum = (from: number, step: 1 | -1) => {
    const total = vectors[0]?.map(() => 0) ?? []
    for (let i = from, left = window; i >= 0 && i < words.length && left > 0; i += step) {
      const weight = Math.min(left, words[i] ?? 0)
      left -= weight
      vectors[i]?.forEach((x, d) => {
        total[d] = (total[d] ?? 0) + weight * x
      })
    }
    return total
  }
  const dot = (a: readonly number[], b: readonly number[]) => a.reduce((total, x, d) => total + x * (b[d] ?? 0), 0)
  return words.slice(1).map((_, gap) => {
    const [a, b] = [sum(gap, -1), sum(gap + 1, 1)]
    return dot(a, a) * dot(b, b) > 0 ? dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b)) : 0
  })
}

test('the similarity of the two sides of a gap is what its definition says', () => {
  const part = fc.tuple(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 2, maxLength: 2 }), fc.nat(90))
  fc.assert(
    fc.property(fc.array(part, { minLength: 2, maxLength: 30 }), fc.integer({ min: 1, max: 400 }), (parts, window) => {
      const [vectors, words] = [parts.map(([vector]) => vector), parts.map(([, count]) => count)]
      const found = similarities(
        vectors.map((vector) => Float64Array.from(vector)),
        words,
        window,
      )
      const expected = asDefined(vectors, words, window)
      expect(found).toHaveLength(expected.length)
      for (const [gap, value] of expected.entries()) expect(found[gap]).toBeCloseTo(value, 9)
    }),
  )
})

test('a long book that repeats one word has chapters, in bounded work', () => {
  const book = makeReading(Array.from({ length: 4000 }, () => 'tide '.repeat(60).trim()))
  const begun = processorMs()
  expect(chapterCandidates(book).length).toBeGreaterThan(1)
  expect(processorMs() - begun).toBeLessThan(10_000 * slowness())
})

test.each(['a', '今', 'ก'])('one word of a million letters (%s) is one chapter', (letter) => {
  expect(chapterCandidates(makeReading([letter.repeat(1_000_000)]))).toHaveLength(1)
})
