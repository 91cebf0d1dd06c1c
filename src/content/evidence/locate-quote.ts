import { insideWord, type Word, wordsOf } from '../text/folded-words.ts'
import { type Alignment, alignWords } from './align.ts'

/** The place of a quote in a text (UTF-16 offsets); `similarity` is 1 where all words are equal. */
export interface QuotePlace {
  match: 'verbatim' | 'drift'
  start: number
  end: number
  similarity: number
}

/** A quote counts as absent when the similarity of its best place is below this. */
export const DRIFT_FLOOR = 0.9
/** A quote shorter than this must not begin or end inside a word: "rape" is not a quote from "grape". */
const CUTTABLE_WORDS = 3
const WINDOWS = 6
const VOTES = 6000

function isCutOff(text: string, start: number, end: number): boolean {
  return insideWord(text, start) || insideWord(text, end)
}

function verbatim(text: string, quote: string, words: number, from: number, to: number): QuotePlace | null {
  let cut: QuotePlace | null = null
  // The number of attempts is bounded: a text that repeats one letter would otherwise offer a place at every character.
  for (let at = text.indexOf(quote, from), attempts = 0; at !== -1 && attempts < 2000; attempts++) {
    const end = at + quote.length
    if (end > to) break
    const place: QuotePlace = { match: 'verbatim', start: at, end, similarity: 1 }
    if (!isCutOff(text, at, end)) return place
    cut ??= place
    at = text.indexOf(quote, at + 1)
  }
  return words >= CUTTABLE_WORDS ? cut : null
}

/** Stretches of the text that share the quote's rarest words at the right distances, most promising first. */
function windows(quote: readonly string[], text: readonly string[]): [number, number][] {
  const wanted = new Map<string, number[]>(quote.map((word) => [word, []]))
  text.forEach((word, i) => {
    wanted.get(word)?.push(i)
  })
  const anchors = quote
    .map((word, i) => ({ i, at: wanted.get(word) ?? [] }))
    .filter(({ at }) => at.length > 0)
    .sort((a, b) => a.at.length - b.at.length || a.i - b.i)
  const slack = Math.max(3, Math.ceil(quote.length * 0.15))
  const votes = new Map<number, number>()
  let cast = 0
  for (const { i, at } of anchors) {
    for (const position of at) {
      const bucket = Math.floor((position - i) / slack)
      votes.set(bucket, (votes.get(bucket) ?? 0) + 1)
    }
    cast += at.length
    if (cast > VOTES) break
  }
  const support = (bucket: number) => (votes.get(bucket) ?? 0) + (votes.get(bucket + 1) ?? 0)
  const ranked = [...votes.keys()]
    .map((bucket) => ({ bucket, support: support(bucket) }))
    .sort((a, b) => b.support - a.support || a.bucket - b.bucket)
  const chosen: typeof ranked = []
  for (const candidate of ranked) {
    if (chosen.length === WINDOWS) break
    // One window also covers the places next to it.
    if (chosen.every(({ bucket }) => Math.abs(bucket - candidate.bucket) > 1)) chosen.push(candidate)
  }
  return chosen.map(({ bucket }) => [
    Math.max(0, (bucket - 2) * slack),
    Math.min(text.length, (bucket + 4) * slack + quote.length),
  ])
}

/** Where all words of a quote stand in their order; null where they do not. */
function runOf(quote: readonly string[], text: readonly string[]): number | null {
  const [first] = quote
  for (let at = text.indexOf(first ?? ''); at >= 0; at = text.indexOf(first ?? '', at + 1))
    if (quote.every((word, n) => text[at + n] === word)) return at
  return null
}

/** The end of the place. It includes the closing punctuation if the quote ends with punctuation too. */
function withClosing(text: string, quote: string, words: readonly Word[], end: number, limit: number): number {
  const closing = quote.length - (words.at(-1)?.end ?? quote.length)
  let to = end
  while (to < Math.min(limit, end + closing) && /[\p{Po}\p{Pf}\p{Pe}"']/u.test(text[to] ?? '')) to++
  return to
}

/**
 * Looks a quote up in a text, or in the part of it between `range.start` and `range.end`.
 *
 * `verbatim`: the text has the quote character for character (apart from surrounding space). `drift`: the text has the words in
 * another case, spacing or punctuation, or so few words differ that the alignment over words reaches {@link DRIFT_FLOOR};
 * `start`/`end` are then the place of the text's own words. `null`: the text does not have the quote, or the quote has no words.
 *
 * Candidate places come from the quote's rarest words, so the cost is linear in the text and quadratic only in the quote.
 */
export function locateQuote(text: string, quote: string, range?: { start: number; end: number }): QuotePlace | null {
  const from = Math.max(0, range?.start ?? 0)
  const to = Math.min(text.length, range?.end ?? text.length)
  const wanted = quote.trim()
  if (wanted === '' || from >= to) return null
  const quoteWords = wordsOf(wanted)
  const exact = verbatim(text, wanted, quoteWords.length, from, to)
  if (exact !== null || quoteWords.length === 0) return exact

  const textWords = wordsOf(text.slice(from, to), from)
  const needle = quoteWords.map(({ folded }) => folded)
  const hay = textWords.map(({ folded }) => folded)
  let best: (Alignment & { similarity: number }) | null = null
  // A place of n words may cost a tenth of the longer side, and no place is longer than the quote over the floor.
  const limit = ((1 - DRIFT_FLOOR) * needle.length) / DRIFT_FLOOR + 1e-9
  for (const [low, high] of windows(needle, hay)) {
    const found = alignWords(needle, hay, low, high, limit)
    if (found === null) continue
    const similarity = 1 - found.cost / Math.max(needle.length, found.to - found.from)
    if (found.to > found.from && (best === null || similarity > best.similarity)) best = { ...found, similarity }
    if (similarity === 1) break
  }
  // The few windows may all lie elsewhere where every word of a short quote is common.
  if (best === null || best.similarity < 1) {
    const at = runOf(needle, hay)
    if (at !== null) best = { from: at, to: at + needle.length, cost: 0, similarity: 1 }
  }
  if (best === null || best.similarity < DRIFT_FLOOR) return null
  const start = textWords[best.from]?.start ?? from
  const end = withClosing(text, wanted, quoteWords, textWords[best.to - 1]?.end ?? to, to)
  return { match: 'drift', start, end, similarity: Math.round(best.similarity * 1000) / 1000 }
}
