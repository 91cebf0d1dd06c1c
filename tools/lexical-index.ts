import MiniSearch from 'minisearch'
import { type Word, wordsOf } from '../src/content/text/folded-words.ts'
import type { Reading } from '../src/signals/reading/reading.ts'

/** Ranks segments by the words of a query. */
export interface LexicalIndex {
  /** All segments with any of the words; `score` is relative to the best (1), 3 decimals. */
  rank(query: string): { segment: number; score: number }[]
}

const ACCENTS = /[\u0300-\u036f]/g
const LATIN = /^[\p{sc=Latin}\p{M}\p{N}']+$/u

/** Accents of Latin letters are dropped (`café` finds `cafe`); in other scripts marks are letters and stay. */
function term(word: string): string {
  return LATIN.test(word) ? word.normalize('NFD').replace(ACCENTS, '') : word
}

/**
 * Words, and pairs of neighbouring characters where a script writes no spaces: there a single character says too little and a
 * whole run too much.
 */
export const lexicalTerms = (text: string): string[] => placedTerms(text).map(({ folded }) => folded)

/** The same with their places in the text. */
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
