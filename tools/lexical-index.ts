import MiniSearch from 'minisearch'
import { type Word, wordsOf } from '../src/content/text/folded-words.ts'
import type { Reading } from '../src/signals/reading/reading.ts'

/** Ranks segments by the words of a query. */
export interface LexicalIndex {
  /** All segments with at least one of the words; `score` is relative to the best (1), 3 decimals. */
  rank(query: string): { segment: number; score: number }[]
}

const ACCENTS = /[\u0300-\u036f]/g
const LATIN = /^[\p{sc=Latin}\p{M}\p{N}']+$/u

/** Drops accents of Latin letters (`café` finds `cafe`); in other scripts marks are letters and stay. */
function term(word: string): string {
  return LATIN.test(word) ? word.normalize('NFD').replace(ACCENTS, '') : word
}

/**
 * Splits a text into words. In scripts without spaces it makes pairs of neighbouring characters, because a single character is too
 * general and a whole run is too specific.
 */
export const lexicalTerms = (text: string): string[] => placedTerms(text).map(({ folded }) => folded)

/** The same words with their places in the text. */
export function placedTerms(text: string): Word[] {
  const words = wordsOf(text)
  return words.flatMap((word, i) => {
    if (!isCharacter(word.folded)) return [{ ...word, folded: term(word.folded) }]
    const next = words[i + 1]
    const joined = next !== undefined && next.start === word.end && isCharacter(next.folded)
    const before = words[i - 1]
    const alone = !joined && !(before !== undefined && before.end === word.start && isCharacter(before.folded))
    if (joined) return [{ folded: word.folded + next.folded, start: word.start, end: next.end }]
    return alone ? [word] : []
  })
}

const CHARACTER = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u
const isCharacter = (word: string) => CHARACTER.test(word)

/** Indexes the segments of one item (BM25+; prefixes and one-letter slips count less). A query is words, never a pattern. */
export function lexicalIndex({ text, segments }: Pick<Reading, 'text' | 'segments'>): LexicalIndex {
  const index = new MiniSearch<{ id: number; text: string }>({
    fields: ['text'],
    tokenize: lexicalTerms,
    processTerm: (word) => word,
    searchOptions: {
      combineWith: 'OR',
      prefix: (word) => word.length >= 4,
      fuzzy: (word) => (word.length >= 6 && !/\d/.test(word) ? 1 : false),
      weights: { prefix: 0.5, fuzzy: 0.3 },
    },
  })
  index.addAll(segments.map(({ index: id, start, end }) => ({ id, text: text.slice(start, end) })))
  return {
    rank(query) {
      const hits = index.search(query)
      const best = Math.max(...hits.map(({ score }) => score), 0)
      return hits.map(({ id, score }) => ({ segment: Number(id), score: Math.round((score / best) * 1000) / 1000 }))
    },
  }
}
