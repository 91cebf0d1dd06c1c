import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EntitiesAnswer } from '../../../src/content/answers.ts'
import { entityCandidates } from '../../../src/signals/names/entity-candidates.ts'
import { makeReading } from '../reading/make-reading.ts'

const named = (said: Parameters<typeof makeReading>[0], more: Parameters<typeof makeReading>[1] = {}) =>
  entityCandidates(makeReading(said, more))
const find = (list: ReturnType<typeof named>, name: string) => list.find((entity) => entity.name === name)

test('a first name alone means the person who was named in full, and both count as mentions', () => {
  const list = named([
    'We met Miriam Holt at the harbour, where Miriam Holt keeps two boats.',
    'The storm was over by then. Nobody had warned Miriam about the second one.',
  ])
  expect(find(list, 'Miriam Holt')).toMatchObject({ type: 'person', aliases: ['Miriam'], mentions: 3 })
  expect(find(list, 'Miriam')).toBeUndefined()
})

test.each([
  ['a first name', 'Jonah', 'Jonah Lind'],
  ['a last name that is a first name too', 'Jonah', 'Miriam Jonah'],
  ['a full name without what follows it', 'Miriam Holt', 'Miriam Holt Lindgren'],
  ['a full name without a middle initial', 'Miriam Holt', 'Miriam K. Holt'],
])('%s joins the one full name that contains it, with evidence for both', (_kind, short, full) => {
  const list = named([
    ...Array.from({ length: 6 }, () => `At the harbour we met ${full}, who keeps two boats there.`),
    `Nobody had warned ${short} about the second storm.`,
  ])
  expect(list.map(({ name }) => name)).toEqual([full])
  expect(list[0]).toMatchObject({ type: 'person', aliases: [short], mentions: 7 })
  const quotes = list[0]?.evidence.map(({ quote }) => quote ?? '') ?? []
  expect(quotes.some((quote) => quote.includes(full))).toBe(true)
  expect(quotes.some((quote) => !quote.includes(full) && quote.includes(short))).toBe(true)
})

test('a single name that two full names share joins neither, however often one of them is named', () => {
  const list = named([
    'We met Jonah Lind. Then Jonah Lind left, and Jonah Lind came back with Jonah Lind the younger.',
    'Miriam Jonah keeps two boats. Nobody had warned Jonah about the second storm, and Jonah slept.',
  ])
  expect(list.map(({ name, aliases }) => [name, aliases])).toEqual([
    ['Jonah Lind', []],
    ['Jonah', []],
    ['Miriam Jonah', []],
  ])
})

test('if two people share a first name, the first name alone means the one who takes part in the conversation', () => {
  const list = named([
    { text: 'What do you make of it, Miriam? Peter Lind told me that Miriam Storm never came.', speaker: 'Peter Lind' },
    { text: 'I would not be so sure of that at all.', speaker: 'Miriam Holt' },
  ])
  expect(find(list, 'Miriam Holt')).toMatchObject({ aliases: ['Miriam'], mentions: 1 })
  expect(find(list, 'Miriam Storm')).toMatchObject({ aliases: [] })
})

test('a speaker whose label begins with a title is the person of the same name without the title', () => {
  const list = named([
    { text: 'We ask Miriam Holt to begin, as Miriam Holt was there when the river rose.', speaker: 'Peter Lind' },
    { text: 'I was, and nobody had foreseen it at all.', speaker: 'Dr Miriam Holt' },
  ])
  expect(find(list, 'Dr Miriam Holt')).toMatchObject({ aliases: ['Miriam Holt'], mentions: 2 })
  expect(find(list, 'Miriam Holt')).toBeUndefined()
})

test('a word that describes a person before the full name is no part of the name', () => {
  const list = named(['We asked Boatman Miriam Holt. Later Miriam Holt rowed, and Harbourmaster Miriam Holt slept.'])
  expect(list.map(({ name }) => name)).toEqual(['Miriam Holt'])
})

test('marks of transcribers, clipped words and institutions without a name are no names', () => {
  const list = named([
    '{vocalsound} Absolutely . {vocalsound} Absolutely .',
    "'Kay , so let's go on . 'Kay .",
    'That is for the Government to say, and it is why the Government said it.',
  ])
  expect(list.map(({ name }) => name)).toEqual([])
})

describe('a speaker', () => {
  const spoken = (text: string, speaker: string) => ({ text, speaker })
  const river = spoken('The river rose by two metres in a single night, which nobody had foreseen.', 'Ada Byron')
  const others = [
    spoken('And what did people do?', 'Speaker 1'),
    spoken('They carried the furniture upstairs.', 'Project Manager'),
  ]

  test('whom nobody names is not listed, nor is a role in the conversation', () => {
    expect(named([river, ...others])).toEqual([])
  })

  test('who is named is a person of high salience, and is quoted where the name is said', () => {
    const [ada, ...more] = named([river, ...others, spoken('Thank you, Ada Byron.', 'Speaker 1')])
    expect(more).toEqual([])
    expect(ada).toMatchObject({ name: 'Ada Byron', type: 'person', mentions: 1 })
    expect(ada?.score).toBeGreaterThan(0.3)
    for (const { quote } of ada?.evidence ?? []) expect(quote).toContain('Ada Byron')
  })
})

test.each([
  ['the University of Saltmere', 'University of Saltmere', 'organisation'],
  ['a firm called Tallybird Labs', 'Tallybird Labs', 'organisation'],
  ['the old town of Brayford in Norway', 'Norway', 'place'],
  ['a letter from Tarvex', 'Tarvex', 'other'],
  ['the plans of the Arven Government', 'Arven Government', 'organisation'],
  ['floods in Bellor Gwend, and again in Bellor Gwend,', 'Bellor Gwend', 'place'],
  ['boats on Lake Arven', 'Lake Arven', 'place'],
  ['the price of tea, which Europe could not grow,', 'Europe', 'place'],
  ['his friend Joseph Banks', 'Joseph Banks', 'person'],
  ['people who use OP_RETURN', 'OP_RETURN', 'product'],
  ['a draft of BIP 341', 'BIP 341', 'product'],
  ['then encode all of it in Tarven64', 'Tarven64', 'product'],
  ['the reunion at the Harbour Festival', 'Harbour Festival', 'event'],
])('%s gives %s, a %s', (phrase, name, type) => {
  expect(find(named([`Years ago we heard about ${phrase} from a neighbour.`]), name)).toMatchObject({ type })
})

test('words that only begin sentences, days, months, languages and interjections are no names', () => {
  const list = named([
    'Networks are slow. However, on Monday we spoke French. Yeah, OK. Okay then. In March 2019 it broke.',
    'Blocks are small. We like blocks. And networks fail. Blocks arrive on Tuesdays.',
    'She writes in English and in Hebrew, and he reads English, Hebrew and some Spanish in English.',
  ])
  expect(list).toEqual([])
})

test('a name in several spellings is one entity under its most frequent spelling', () => {
  const list = named(['We tried PayJoin. Later PayJoin worked, and Payjoin was fast.'])
  expect(list).toHaveLength(1)
  expect(list[0]).toMatchObject({ name: 'PayJoin', aliases: ['Payjoin'], mentions: 3 })
})

test('an acronym joins the name that it stands for', () => {
  const list = named(['The Harbour Rescue Foundation paid. Later the HRF paid again, and the HRF was thanked.'])
  expect(find(list, 'Harbour Rescue Foundation')).toMatchObject({ aliases: ['HRF'], mentions: 3 })
})

test('countries that are known by their letters are places, and are joined with their full names', () => {
  const list = named([
    'Trade between the UK and the EU fell. In the US nobody noticed, and the U.S. waited. Give it to US, he shouted.',
    'The European Union waited too. Tell us why the US President came.',
  ])
  const places = list.map(({ name, type }) => [name, type]).sort()
  expect(places).toEqual([
    ['European Union', 'place'],
    ['UK', 'place'],
    ['US', 'place'],
  ])
  expect(find(list, 'European Union')).toMatchObject({ aliases: ['EU'] })
  expect(find(list, 'US')).toMatchObject({ aliases: ['U.S.'] })
})

test.each([
  [
    'what everyone has',
    'The CPU was slow. We tried a faster CPU, but the CPU and the RAM ran hot, and the LCD went dark.',
  ],
  ['what is counted', 'A ZKT is a token. We hold two ZKTs, they hold a ZKT, and nobody sells ZKTs or this ZKT again.'],
  [
    'what is spelt letter by letter',
    'We bought a T_V_ and two D_V_D_s. The T_V_ has an L_C_D_, and T_V_s break. F_ said nothing.',
  ],
])('an acronym of %s is no name', (_kind, said) => {
  expect(named([said])).toEqual([])
})

test.each([
  ['We joined QRST. She works at QRST, and QRST hired two of us.', 'organisation'],
  ['Install QRST first. I installed QRST at home, and the QRST app works.', 'product'],
  ['And QRST said no. Later QRST thought better of it, and QRST told us so.', 'person'],
  ['This is where QRST comes in. With QRST the fees are low, and QRST never waits. They use QRST outputs.', 'other'],
])('an acronym has the type that the text shows, and otherwise no type: %s', (said, type) => {
  expect(find(named([said]), 'QRST')).toMatchObject({ type })
})

test('a known acronym is an organisation, also if it is counted or spelt letter by letter', () => {
  const list = named(['She left NASA for an IBM job. A BBC film says so, and so does the B_B_C_ of old.'])
  expect(list.map(({ name, type }) => [name, type]).sort()).toEqual([
    ['BBC', 'organisation'],
    ['IBM', 'organisation'],
    ['NASA', 'organisation'],
  ])
})

test('a word that ends in a capital S is not the plural of the letters before it', () => {
  const list = named(['The US waited. Behind gate U stood a crate, and gate U was shut, so the US waited longer.'])
  expect(list.map(({ name, type, aliases }) => [name, type, aliases])).toEqual([['US', 'place', []]])
})

test('a numbered proposal is no acronym, nor is a name that is sometimes written in capitals', () => {
  const list = named([
    'The draft of BIP341 came late. Few people run TORVA, and Torva nodes are slow. A Torva node waits.',
  ])
  expect(find(list, 'BIP341')).toMatchObject({ type: 'product' })
  expect(find(list, 'Torva')).toMatchObject({ type: 'product', aliases: ['TORVA'] })
})

test('a possessive ending is no part of a name', () => {
  expect(named(["We saw Peter Lind's boat and then Peter Lind’s house."]).map(({ name }) => name)).toEqual([
    'Peter Lind',
  ])
})

test('a person who is named only with a title keeps the title', () => {
  const [ludd] = named(['We followed Mr Ludd along the bank. The heron, Mr Ludd, said nothing. Then Ludd slept.'])
  expect(ludd).toMatchObject({ name: 'Mr Ludd', aliases: ['Ludd'], type: 'person', mentions: 3 })
})

test.each([
  'Thank you, Madam Speaker. The question, Madam Speaker, is for Madam Speaker alone.',
  'I ask the Prime Minister. Will the Prime Minister answer, or does the Prime Minister wait?',
  'Mr. Chair, I object. With respect, Mr. Chair, and with thanks, Mr.Chair, to the PrimeMinister, I object.',
  'We ask that Ministers reply, that Members vote, and that the Deputy Minister and the Auditor General listen.',
  'And so, Mm-hmm, I went. She said Uh-huh, and then Mm-hmm, and he said Uh-huh, Okay, Mmm.',
  'We gave it to the Project Manager, and the Project Manager gave it back.',
])('offices, forms of address and sounds name nobody: %s', (said) => {
  expect(named([said])).toEqual([])
})

test('an office is followed by the person who holds it, who is joined with the full name in the text', () => {
  const list = named([
    'We met Vice President Miriam Holt. The ferry carried Prime Minister Holt, and Secretary of State Peter Lind came.',
  ])
  expect(list.map(({ name, type }) => [name, type])).toEqual([
    ['Miriam Holt', 'person'],
    ['Peter Lind', 'person'],
  ])
  expect(find(list, 'Miriam Holt')).toMatchObject({ aliases: ['Holt'], mentions: 2 })
})

test('titles are written as in the text, and a title that is part of the name stays in it', () => {
  const list = named([
    'The choir thanked Mrs. Ludd. Then Mrs. Ludd sang, and Lady Queen of Cups joined Mr. van Holt at the piano.',
  ])
  expect(find(list, 'Mrs. Ludd')).toMatchObject({ aliases: ['Ludd'], type: 'person', mentions: 2 })
  expect(find(list, 'Queen of Cups')).toMatchObject({ type: 'person' })
  expect(find(list, 'van Holt')).toMatchObject({ type: 'person' })
})

test('an acronym that is written only in the plural keeps that form', () => {
  const list = named(['The ZKTs were late. Nobody likes the ZKTs of last year, and other ZKTs are no better.'])
  expect(list.every(({ name, aliases }) => [name, ...aliases].every((each) => each === 'ZKTs'))).toBe(true)
})

test('without capitals, two words with a full stop or a possessive ending between them are no full name', () => {
  const line =
    'we saw john. smith was late and we all went on to amsterdam without him because it was late and dark by then'
  expect(named([line, line.replace('john.', "john's"), line]).map(({ name }) => name)).toEqual(['Amsterdam'])
})

test('Alice and Bob in an explanation are not people', () => {
  const list = named(['If Alice pays Bob, then Bob signs. Alice waits. The paper by Joseph Banks says so.'])
  expect(list.map(({ name }) => name)).toEqual(['Joseph Banks'])
})

test('a text without capitals gives only names that a dictionary knows', () => {
  const line =
    'so we flew to amsterdam with john smith and talked about the mark that he left on the will of the people'
  const list = named([line, line, line])
  expect(list.map(({ name, type }) => [name, type])).toEqual([
    ['Amsterdam', 'place'],
    ['John Smith', 'person'],
  ])
  expect(list[0]?.mentions).toBe(3)
  expect(list[0]?.evidence[0]?.quote).toContain('amsterdam')
})

test('German nouns are not mistaken for names', () => {
  const list = named(
    [
      'Nach Angaben von Baubürgermeister Peter Hollstein ist die Brücke in Dresden wegen der Prüfung der Pfeiler gesperrt.',
    ],
    { language: 'de' },
  )
  expect(list.map(({ name }) => name).sort()).toEqual(['Dresden', 'Peter Hollstein'])
})

test('advertisements give no names, while title and description do', () => {
  const list = named(
    [{ text: 'This show is brought to you by Tallybird Labs in Oslo.', role: 'ad' }, 'We walked and talked for hours.'],
    {
      description: 'A walk with Karl Lund.',
    },
  )
  expect(list.map(({ name }) => name)).toEqual(['Karl Lund'])
  expect(list[0]?.evidence).toEqual([{ source: 'description', segment: null, quote: 'A walk with Karl Lund.' }])
})

test('empty input gives no names', () => {
  expect(named([])).toEqual([])
  expect(named(['', '   '])).toEqual([])
})

const words = fc.constantFrom(
  'Peter',
  'Lind',
  'Oslo',
  'BBC',
  'the',
  'said',
  'of',
  '&',
  '"',
  "'s",
  '(',
  ')*',
  'OP_RETURN',
  'и',
  '日本',
  'University',
  '.',
  '?',
  '12',
  'March',
  '\\',
  '[a-z]+',
)
test('for any text, quotes are verbatim, mentions are found, the answer schema holds and equal input gives equal output', () => {
  fc.assert(
    fc.property(fc.array(fc.array(words, { minLength: 1, maxLength: 25 }), { minLength: 1, maxLength: 6 }), (lines) => {
      const reading = makeReading(lines.map((line) => line.join(' ')))
      const list = entityCandidates(reading)
      expect(
        EntitiesAnswer.safeParse({
          entities: list.map(({ name, type, aliases, evidence }) => ({ name, type, aliases, evidence })),
        }).success,
      ).toBe(true)
      for (const { evidence, mentions } of list) {
        expect(mentions).toBeGreaterThan(0)
        for (const { segment, quote } of evidence) {
          const at = reading.segments[segment ?? -1]
          expect(quote?.length).toBeLessThanOrEqual(300)
          expect(reading.text.slice(at?.start, at?.end)).toContain(quote)
        }
      }
      expect(entityCandidates(structuredClone(reading))).toEqual(list)
    }),
    { numRuns: 60 },
  )
})

const spaced = (text: string) => text.replace(/\s+/g, ' ').toLowerCase()
const pieces = fc.constantFrom(
  ...['Mr.', 'Dame', 'Queen', 'Lord', 'Prof. Dr.', 'Chair', 'Prime', 'President', 'van', 'von', 'of', 'of the', 'St.'],
  ...['Ada', 'Ada\u2019s', 'Holt', 'J.', 'HRF', 'HRFs', 'UK', 'U.S.', 'T_V_s', 'P Z Ms', 'O_S_', 'Pay-Join', 'PayJoin'],
  ...[
    '&',
    ',',
    '.',
    ':',
    '\u201c',
    '-',
    '/',
    '2.0',
    '12',
    'said',
    'in',
    'the',
    'Bank',
    'Peter Lind',
    'mm-hmm',
    '\u00a0',
    '\n',
  ],
)
test.each(['en', 'de'])('in any text (%s), each name and each alias appears word for word', (language) => {
  const lines = fc.array(fc.array(pieces, { minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 6 })
  const check = (said: string[], more: { title: string; description: string }) => {
    const reading = makeReading(said, { language, ...more })
    const texts = [reading.text, reading.title, reading.description].map(spaced)
    for (const { name, aliases } of entityCandidates(reading))
      for (const each of [name, ...aliases])
        expect(
          texts.some((text) => text.includes(spaced(each))),
          each,
        ).toBe(true)
  }
  fc.assert(
    fc.property(lines, fc.array(pieces), fc.array(pieces), fc.boolean(), (cut, title, description, isSmall) => {
      const said = cut.map((line) => (isSmall ? line.join(' ').toLowerCase() : line.join(' ')))
      check(said, { title: title.join(' '), description: description.join(' ') })
    }),
    { numRuns: 150 },
  )
})

test('two words are no person if the second is a product', () => {
  const list = named([
    'Some use Erlip. The Erlip protocol is young, they run Erlip at home, and Erlip nodes are few. An Erlip wallet helps.',
    'Somebody once proposed Asynth Erlip to the others.',
  ])
  expect(find(list, 'Erlip')).toMatchObject({ type: 'product' })
  expect(find(list, 'Asynth Erlip')?.type).not.toBe('person')
})

test('a founder is no part of the name of what was founded', () => {
  const list = named(['Lene Quist is Co-Founder of Torva Systems. Before that she was Founder of Ambrel Systems.'])
  expect(list.map(({ name }) => name).sort()).toEqual(['Ambrel Systems', 'Lene Quist', 'Torva Systems'])
})

test('a disease is no product, although it is written like one', () => {
  const list = named([
    'Since COVID-19 they work at home. Nobody there had COVID-19, and the TORV-19 was built in March.',
  ])
  expect(find(list, 'COVID-19')).toMatchObject({ type: 'other' })
  expect(find(list, 'TORV-19')).toMatchObject({ type: 'product' })
})

test('a telescope is a thing, although it is named after a person', () => {
  const list = named([
    'The images of the James Webb Space Telescope arrived. Engineers had folded the James Webb Space Telescope for years.',
  ])
  expect(find(list, 'James Webb Space Telescope')).toMatchObject({ type: 'product' })
})

test('numbered parts of a work and the capitalised words of a title are no names', () => {
  const list = named(['Chapter Three begins here, and later Chapter Four ends it.'], {
    title: 'Supercharging Winter Protocol',
  })
  expect(list).toEqual([])
})

test('a very long text with very many names gives at most 60, in reasonable time', () => {
  const lines = Array.from(
    { length: 3000 },
    (_, i) => `We met Xa${i}lind Yo${i}berg near the wall, and nobody knew why he was there at all.`,
  )
  expect(named(lines.map((line) => line.replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)] ?? '')))).toHaveLength(60)
})
