import nlp from 'compromise'
import { z } from 'zod'

const Model = z.object({
  one: z.object({ lexicon: z.record(z.string(), z.union([z.string(), z.array(z.string())])) }),
})

let loaded: ReadonlyMap<string, readonly string[]> | undefined

function lexicon(): ReadonlyMap<string, readonly string[]> {
  loaded ??= new Map(Object.entries(Model.parse(nlp.model()).one.lexicon).map(([word, tags]) => [word, [tags].flat()]))
  return loaded
}

/**
 * The tags of an English word or phrase in compromise's lexicon. It has 24,600 entries: words with their part of speech, given names,
 * family names, cities, regions, countries and well-known organisations. The list is empty if the lexicon lacks the word. A look-up costs
 * nothing, while the library takes 50-100 ms a kilobyte to tag running text.
 */
export function tagsOf(phrase: string): readonly string[] {
  return lexicon().get(phrase.toLowerCase()) ?? []
}

const hasTag = (phrase: string, tags: readonly string[]): boolean => tagsOf(phrase).some((tag) => tags.includes(tag))

export const isGivenName = (word: string): boolean => hasTag(word, ['MaleName', 'FemaleName', 'FirstName'])
export const isFamilyName = (word: string): boolean => hasTag(word, ['LastName'])
export const isKnownPerson = (phrase: string): boolean => hasTag(phrase, ['Person'])
export const isKnownPlace = (phrase: string): boolean => hasTag(phrase, ['City', 'Region', 'Country'])
export const isMonth = (word: string): boolean => hasTag(word, ['Month']) || /^(?:March|May|August)$/.test(word)
export const isCurrency = (word: string): boolean => hasTag(word, ['Currency'])
export const isKnownOrganisation = (phrase: string): boolean => hasTag(phrase, ['Organization', 'SportsTeam'])
/** Peoples that the lexicon lacks. They have their capitals here, because `to polish` is another word. */
const PEOPLES = new Set(
  'Arabic Basque Bengali British Britons Cantonese Catalan Danish English Farsi Finnish Flemish Gaelic Hebrew Irish Latin Mandarin Persian Polish Punjabi Sanskrit Scots Slovene Somali Spanish Swahili Swedish Tamil Turkish Urdu Yiddish'.split(
    ' ',
  ),
)
/** True for days, months, languages and peoples. English writes them with a capital, but they are no names. */
export const isCalendarOrPeople = (word: string): boolean =>
  hasTag(word, ['WeekDay', 'Month', 'Date', 'Demonym', 'Ordinal', 'Cardinal']) ||
  /^(?:christmas|halloween|easter|ramadan|hanukkah|thanksgiving)$/i.test(word) ||
  PEOPLES.has(word)

const COMMON_TAGS = [
  'Adjective',
  'Noun',
  'Expression',
  'Duration',
  'Singular',
  'Unit',
  'PastTense',
  'Plural',
  'Actor',
  'Conjunction',
  'Pronoun',
  'Copula',
  'PresentTense',
  'Possessive',
  'Reflexive',
  'Comparative',
  'Superlative',
  'Determiner',
  'Modal',
  'Participle',
  'Gerund',
  'Condition',
  'Negative',
  'QuestionWord',
  'Imperative',
  'Uncountable',
  'Infinitive',
  'Preposition',
  'PhrasalVerb',
  'TextValue',
  'Ordinal',
  'Cardinal',
  'Multiple',
  'Adverb',
  'Verb',
  'Emoticon',
]
/** True for words that occur in any English text and are no names by themselves. */
export const isCommonWord = (word: string): boolean => hasTag(word, COMMON_TAGS)
const VERBAL = [
  'PastTense',
  'PresentTense',
  'Copula',
  'Modal',
  'Participle',
  'Infinitive',
  'PhrasalVerb',
  'Imperative',
  'Verb',
  'Gerund',
]
export const isVerb = (word: string): boolean => hasTag(word, VERBAL)
export const isAdverbOrAdjective = (word: string): boolean =>
  hasTag(word, ['Adverb', 'Adjective', 'Comparative', 'Superlative'])
