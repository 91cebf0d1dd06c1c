import { FUNCTION_WORDS, GENERAL_WORDS, isContentWord, SPEECH_WORDS, stem } from './keyphrases-stopwords.ts'
import { isAdverbOrAdjective, isCalendarOrPeople, isGivenName, tagsOf } from './names-lexicon.ts'
import { type Token, tokens } from './names-tokens.ts'
import { sentencesIn } from './sentences.ts'

/** A phrase of one to four words as it stands in a text, keyed by its stems. */
export interface Phrase {
  key: string
  surface: string
  length: number
  /** UTF-16 offset into the text. */
  start: number
}

const LONGEST = 4
const BEFORE_NOUN = new Set(
  'the a an this that these those my your our their his her its each every some any no of in on with for from about two three'.split(
    ' ',
  ),
)
const BEFORE_VERB = new Set(
  "to i you we they he she who can could will would should may might must don't didn't doesn't let let's not i'll you'll we'll they'll i'm you're we're they're just".split(
    ' ',
  ),
)

/** How the words of a text are used there: as nouns after articles and prepositions, as verbs after pronouns and modals. */
export interface Usage {
  /** Never the first or last word of a phrase. */
  isFiller(word: string): boolean
  isNoun(word: string): boolean
}

/** Learns from a text which of its words are used as nouns; what the text leaves open, compromise's lexicon settles. */
/**
 * Function words of a language that no list here has: short words that stand all over the text. Long texts only.
 */
function commonWordsOf(cut: readonly (readonly Token[])[]): ReadonlySet<string> {
  const spread = new Map<string, number>()
  for (const sentence of cut)
    for (const word of new Set(sentence.map(({ lower }) => lower))) spread.set(word, (spread.get(word) ?? 0) + 1)
  return new Set(
    [...spread]
      .filter(([word, count]) => word.length < 4 || count > Math.max(2, 0.08 * cut.length))
      .map(([word]) => word),
  )
}

export function usageOf(cut: readonly (readonly Token[])[], isEnglish = true): Usage {
  const common = isEnglish ? new Set<string>() : commonWordsOf(cut)
  const balance = new Map<string, number>()
  for (const sentence of cut)
    for (const [i, { lower, gap }] of sentence.entries()) {
      const before = sentence[i - 1]?.lower.replaceAll('’', "'")
      if (before === undefined || gap !== ' ') continue
      const vote = BEFORE_NOUN.has(before) ? 1 : BEFORE_VERB.has(before) ? -1 : 0
      if (vote !== 0) balance.set(lower, (balance.get(lower) ?? 0) + vote)
    }
  const nouns = [
    'Singular',
    'Plural',
    'Uncountable',
    'Actor',
    'Noun',
    'ProperNoun',
    'Currency',
    'City',
    'Country',
    'Organization',
  ]
  return {
    isFiller: (word) => isFiller(word) || common.has(word),
    isNoun(word) {
      if (/(?:.ly|ive|[ai]ble|ous|ful|less)$/.test(word) && tagsOf(word).length === 0)
        return (balance.get(word) ?? 0) > 4
      const tags = tagsOf(word)
      if (
        isAdverbOrAdjective(word) ||
        tags.some((tag) => ['PastTense', 'Copula', 'Modal', 'Participle', 'Preposition'].includes(tag))
      )
        return (balance.get(word) ?? 0) > 3 && !tags.includes('Adverb') && !tags.includes('Adjective')
      const votes = balance.get(word) ?? 0
      if (votes !== 0) return votes > 0
      return tags.length === 0 || tags.some((tag) => nouns.includes(tag))
    },
  }
}

const isFiller = (lower: string): boolean =>
  FUNCTION_WORDS.has(lower) || SPEECH_WORDS.has(lower) || GENERAL_WORDS.has(lower) || /^\p{N}+$/u.test(lower)

const plain = (token: Token): string => token.lower.replaceAll('’', "'")

function isPhrase(words: readonly Token[], usage: Usage): boolean {
  const first = words[0]
  const last = words.at(-1)
  if (first === undefined || last === undefined) return false
  if (words.some((word, i) => i > 0 && (word.gap !== ' ' || (words[i - 1]?.possessive ?? false)))) return false
  if (!isContentWord(plain(last)) && !/^\p{Lu}/u.test(last.text)) return false
  if (usage.isFiller(plain(first)) || usage.isFiller(plain(last)) || !(usage.isNoun(last.lower) || last.capital))
    return false
  if (last.text.length < 2 || first.text.length < 2) return false
  if (words.length === 1 && (isGivenName(first.text) || isCalendarOrPeople(first.text))) return false
  const tags = tagsOf(first.lower)
  // `builds wallets`, `broken really`: what begins with a verb form or an adverb is a piece of a sentence.
  if (
    words.length > 1 &&
    tags.some((tag) => ['Adverb', 'PresentTense', 'PastTense', 'Copula', 'PhrasalVerb'].includes(tag)) &&
    !usage.isNoun(first.lower) &&
    !first.capital
  )
    return false
  return words
    .slice(1, -1)
    .every((word) => !usage.isFiller(plain(word)) || (['of', 'and'].includes(plain(word)) && words.length > 2))
}

/** All noun-like phrases of `text.slice(start, end)`, overlapping ones included, in order. */
export function phrasesIn(text: string, start: number, end: number, usage: Usage): Phrase[] {
  return sentencesIn(text, start, end).flatMap((span) => {
    const words = tokens(text.slice(span.start, span.end))
    return words.flatMap((_, i) =>
      Array.from({ length: LONGEST }, (_, n) => words.slice(i, i + n + 1))
        .filter((slice, n) => slice.length === n + 1 && isPhrase(slice, usage))
        .map((slice) => ({
          key: slice.map(({ lower }) => stem(lower)).join(' '),
          surface: text.slice(span.start + (slice[0]?.start ?? 0), span.start + (slice.at(-1)?.end ?? 0)),
          length: slice.length,
          start: span.start + (slice[0]?.start ?? 0),
        })),
    )
  })
}
