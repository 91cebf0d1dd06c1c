import { placedTerms } from '../../tools/lexical-index.ts'
import type { Word } from '../content/text/folded-words.ts'
import { FUNCTION_WORDS, isContentWord, stem } from '../signals/phrases/stopwords.ts'

/** Terms of a query that are looked up: each is a search of its own. */
const MOST_TERMS = 8

/** Words of a text as search compares them, with their places: without accents and endings, and without words of grammar. */
export function placedWords(text: string): Word[] {
  return placedTerms(text).flatMap(({ folded, ...place }) =>
    FUNCTION_WORDS.has(folded) ? [] : [{ ...place, folded: stem(folded) }],
  )
}

/** Each word of a text once: what a place is found by. */
export function wordsToFind(text: string): string[] {
  return [...new Set(placedWords(text).map(({ folded }) => folded))]
}

/**
 * What a query is looked up by: its words that carry a subject, the longest first; all of its words where none does. "Why wild bees
 * need poor soil" is looked up by wild, bee, poor and soil.
 */
export function queryTerms(text: string): string[] {
  const words = placedTerms(text).map(({ folded }) => folded)
  const telling = words.filter((word) => isContentWord(word) || /\d|[^\p{sc=Latin}\p{M}'-]/u.test(word))
  const chosen = telling.length > 0 ? telling.map(stem) : wordsToFind(text)
  return [...new Set(chosen)].sort((a, b) => b.length - a.length).slice(0, MOST_TERMS)
}
