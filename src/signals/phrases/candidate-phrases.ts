import { isAdverbOrAdjective, isCalendarOrPeople, isGivenName, tagsOf } from '../names/name-lexicon.ts'
import { type Token, tokens } from '../names/name-tokens.ts'
import { sentencesIn } from '../reading/spoken-sentences.ts'
import { withoutMarks } from '../reading/transcriber-marks.ts'
import { FUNCTION_WORDS, GENERAL_WORDS, isContentWord, SPEECH_WORDS, stem } from './stopwords.ts'

/** A phrase of one to four words as it stands in a text. Its key is made of its stems. */
export interface Phrase {
  key: string
  surface: string
  length: number
  /** True if the phrase begins a sentence, where a capital says nothing. */
  initial: boolean
  /** The UTF-16 offset into the text. */
  start: number
}

const MAX_PHRASE_WORDS = 4
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

/** How a text uses its words: as nouns after articles and prepositions, or as verbs after pronouns and modals. */
export interface Usage {
  /** True for a word that is never the first or last word of a phrase. */
  isFiller(word: string): boolean
  isNoun(word: string): boolean
  /**
   * True if the word stands somewhere after an article or preposition and before no other content word. True for any word of other
   * languages than English.
   */
  isHead(word: string): boolean
  /** True if this text uses the word as a verb, by the words that stand before it. */
  isVerbal(word: string): boolean
}

/** The function words of a language for which there is no list here: short words, and words that stand all over the text. */
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

/** Learns from a text which of its words are used as nouns. Where the text does not decide, compromise's lexicon does. */
export function usageOf(cut: readonly (readonly Token[])[], isEnglish = true): Usage {
  const common = isEnglish ? new Set<string>() : commonWordsOf(cut)
  const balance = new Map<string, number>()
  const heads = new Set<string>()
  for (const sentence of cut)
    for (const [i, { lower, gap }] of sentence.entries()) {
      const before = sentence[i - 1]?.lower.replaceAll('’', "'")
      if (before === undefined || gap !== ' ') continue
      const vote = BEFORE_NOUN.has(before) ? 1 : BEFORE_VERB.has(before) ? -1 : 0
      if (vote !== 0) balance.set(lower, (balance.get(lower) ?? 0) + vote)
      // `the optimal ordering` does not show that `optimal` is a noun.
      const after = sentence[i + 1]
      if (vote > 0 && (after?.gap !== ' ' || isFiller(plain(after)))) heads.add(lower)
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
    isHead: (word) => !isEnglish || heads.has(word),
    isVerbal: (word) => (balance.get(word) ?? 0) < -1 && !word.endsWith('ing'),
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

const ADDRESS = /^(?:mr|mrs|ms|dr|mister|miss|sir|madam)$/i
const PREDICATIVE = new Set(['Adverb', 'PresentTense', 'PastTense', 'Copula', 'PhrasalVerb', 'Infinitive'])

/** How much of something, or where on it: `amount of probing`, `top of Bitcoin`. */
const SHARES = new Set(
  'amount amounts behalf bottom dozens hundreds majority millions percent pieces plenty sides thousands top'.split(' '),
)

const isFiller = (lower: string): boolean =>
  FUNCTION_WORDS.has(lower) ||
  SPEECH_WORDS.has(lower) ||
  GENERAL_WORDS.has(lower) ||
  SHARES.has(lower) ||
  /^\p{N}+$/u.test(lower)

const plain = (token: Token): string => token.lower.replaceAll('’', "'")

/** True for sounds that are no words: `mm-hmm`, `nnn`, `umh`. Also true for a word that is too long to say in one breath. */
const isSound = (lower: string): boolean =>
  lower.length > LONGEST_WORD || /^(?:[mh]+|u+[hm]+|(?:u+|a+)h+|e+r+m?|o+h+|(.)\1{2,})(?:-|$)/.test(lower)
/** Far longer than the longest compounds. Scripts without spaces have longer runs, but these are no phrases either. */
const LONGEST_WORD = 200

// The capital of `Absolutely.` comes from its place in the sentence.
const isNamed = ({ capital, initial, text }: Token): boolean => capital && (!initial || /^.+\p{Lu}/u.test(text))

function isPhrase(words: readonly Token[], usage: Usage): boolean {
  const first = words[0]
  const last = words.at(-1)
  if (first === undefined || last === undefined) return false
  if (words.some((word, i) => i > 0 && (word.gap !== ' ' || (words[i - 1]?.possessive ?? false)))) return false
  if (!isContentWord(plain(last)) && !isNamed(last)) return false
  if (usage.isFiller(plain(first)) || usage.isFiller(plain(last)) || !(usage.isNoun(last.lower) || isNamed(last)))
    return false
  if (last.text.length < 2 || first.text.length < 2 || words.some(({ lower }) => isSound(lower))) return false
  const tags = tagsOf(first.lower)
  if (words.length === 1 && (isGivenName(first.text) || isCalendarOrPeople(first.text) || ADDRESS.test(first.text)))
    return false
  // The lexicon lacks many adjectives, such as `optimal`. A single word must show by its use that it is a noun.
  if (words.length === 1 && !isNamed(first) && !usage.isHead(first.lower)) return false
  // A phrase that begins with a verb or an adverb is a piece of a sentence: `builds wallets`, `protect employees`, `broken really`.
  const isPredicate = tags.some((tag) => PREDICATIVE.has(tag)) && !usage.isNoun(first.lower)
  if (words.length > 1 && !isNamed(first) && (isPredicate || usage.isVerbal(first.lower))) return false
  // An apostrophe can cut off a part of a word: `we 're connected`.
  if (/['’]$/.test(first.gap)) return false
  return words
    .slice(1, -1)
    .every((word) => !usage.isFiller(plain(word)) || (['of', 'and'].includes(plain(word)) && words.length > 2))
}

/** All noun-like phrases of `text.slice(start, end)` in order, also those that overlap. None contains a transcriber's mark. */
export function phrasesIn(text: string, start: number, end: number, usage: Usage): Phrase[] {
  const spokenText = withoutMarks(text.slice(start, end))
  return sentencesIn(spokenText).flatMap((span) => {
    const words = tokens(spokenText.slice(span.start, span.end))
    return words.flatMap((_, i) =>
      Array.from({ length: MAX_PHRASE_WORDS }, (_, n) => words.slice(i, i + n + 1))
        .filter((slice, n) => slice.length === n + 1 && isPhrase(slice, usage))
        .map((slice) => ({
          key: slice.map(({ lower }) => stem(lower)).join(' '),
          surface: spokenText.slice(span.start + (slice[0]?.start ?? 0), span.start + (slice.at(-1)?.end ?? 0)),
          length: slice.length,
          initial: slice[0]?.initial ?? false,
          start: start + span.start + (slice[0]?.start ?? 0),
        })),
    )
  })
}
