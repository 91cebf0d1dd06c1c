import { placedTerms } from '../../tools/lexical-index.ts'
import type { Word } from '../content/text/folded-words.ts'
import { FUNCTION_WORDS, isContentWord, stem } from '../signals/phrases/stopwords.ts'

/** How many terms of a query are looked up. Each is a search of its own. */
const MOST_TERMS = 8

/** The words of a text as search compares them, with their places: without accents, endings and function words. */
export function placedWords(text: string): Word[] {
  return placedTerms(text).flatMap(({ folded, ...place }) =>
    FUNCTION_WORDS.has(folded) ? [] : [{ ...place, folded: stem(folded) }],
  )
}

/** Each word of a text once. These words are how a place is found. */
export function wordsToFind(text: string): string[] {
  return [...new Set(placedWords(text).map(({ folded }) => folded))]
}

/**
 * The terms by which a query is looked up: its words that carry a subject, the longest first. If no word does, all of its words. "Why wild
 * bees need poor soil" is looked up by wild, bee, poor and soil.
 */
export function queryTerms(text: string): string[] {
  const words = placedTerms(text).map(({ folded }) => folded)
  const telling = words.filter((word) => isContentWord(word) || /\d|[^\p{sc=Latin}\p{M}'-]/u.test(word))
  const chosen = telling.length > 0 ? telling.map(stem) : wordsToFind(text)
  return [...new Set(chosen)].sort((a, b) => b.length - a.length).slice(0, MOST_TERMS)
}
