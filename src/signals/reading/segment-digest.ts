import type { Segment } from '../../content/transcript/segments.ts'
import { contentStems, wordsOf } from './reading-words.ts'
import { type Sentence, sentencesIn } from './spoken-sentences.ts'

export interface DigestOptions {
  /**
   * The number of tokens to embed for the whole item. The default lets the embedded encoder handle an hour of speech (about 150 segments)
   * within 4 seconds. The encoder takes 1.1 to 1.6 ms a token on one core. For items of two hours and more the default grows with the item,
   * up to twice as many.
   */
  maxTokens?: number
  /** No digest is shorter than this unless its segment is. If the budget does not allow that, some segments get no digest. */
  minTokensPerSegment?: number
}

/** Measured for the embedded encoder's vocabulary on spoken English: 3.3 to 3.4 characters a token. */
const CHARACTERS_PER_TOKEN = 3.3
const WEIGHT_OUTSIDE_CONTENT = 0.5
const BUDGET = { least: 3000, most: 6000 }
/** Caps are powers of this number. So an item that becomes longer by a sentence keeps its digests, except near that sentence. */
const CAP_STEP = 1.25

/** Estimates how many tokens of the embedder a text has. Each ideograph is one token. */
export function estimateTokens(text: string): number {
  const ideographs = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0
  return Math.ceil((text.length - ideographs) / CHARACTERS_PER_TOKEN) + ideographs
}

/** The largest cap with which the parts fit into the budget. Each part is cut to the cap times its weight. */
function waterLevel(sizes: readonly number[], weights: readonly number[], budget: number): number {
  let low = 0
  let high = Math.max(1, ...sizes) * 2
  for (let i = 0; i < 40; i++) {
    const cap = (low + high) / 2
    const sum = sizes.reduce((total, size, at) => total + Math.min(size, cap * (weights[at] ?? 1)), 0)
    if (sum <= budget) low = cap
    else high = cap
  }
  return low
}

/** How much a word tells about the item. It should be frequent, but not stand everywhere. A word that occurs only once tells nothing. */
function wordWeights(texts: readonly string[]): Map<string, number> {
  const inSegments = new Map<string, number>()
  const total = new Map<string, number>()
  for (const text of texts) {
    const stems = contentStems(text)
    for (const word of stems) total.set(word, (total.get(word) ?? 0) + 1)
    for (const word of new Set(stems)) inSegments.set(word, (inSegments.get(word) ?? 0) + 1)
  }
  return new Map(
    [...total].map(([word, count]) => [
      word,
      count === 1 ? 0 : Math.log(1 + count) * Math.log(1 + texts.length / (inSegments.get(word) ?? 1)),
    ]),
  )
}

function sentenceWeight(text: string, weights: ReadonlyMap<string, number>): number {
  const sum = [...new Set(contentStems(text))].reduce((total, word) => total + (weights.get(word) ?? 0), 0)
  // A compromise between the sum, which favours the longest sentence, and the mean, which favours a sentence with one rare word.
  return sum / Math.sqrt(Math.max(4, wordsOf(text).length))
}

/** The stretch of whole words within a number of tokens that has the most weight. */
function bestStretch(sentence: string, tokens: number, weights: ReadonlyMap<string, number>): string {
  const words = [...sentence.matchAll(/\S+/g)].map(({ 0: word, index }) => ({
    start: index,
    end: index + word.length,
    word,
  }))
  const worth = words.map(({ word }) => contentStems(word).reduce((sum, part) => sum + (weights.get(part) ?? 0), 0))
  let best = { from: 0, to: 1, worth: -1 }
  let sum = 0
  let from = 0
  for (const [to, word] of words.entries()) {
    sum += worth[to] ?? 0
    while (from < to && estimateTokens(sentence.slice(words[from]?.start ?? 0, word.end)) > tokens)
      sum -= worth[from++] ?? 0
    if (sum > best.worth + 1e-9) best = { from, to: to + 1, worth: sum }
  }
  // In a script without spaces the sentence is one long word, so its beginning is taken.
  const stretch = sentence.slice(words[best.from]?.start ?? 0, words[best.to - 1]?.end ?? 0)
  return beginning(stretch, Math.max(1, tokens)).toWellFormed()
}

/** As much of the beginning of a text as fits into a number of tokens. */
function beginning(text: string, tokens: number): string {
  const [most, estimate] = [Math.ceil(tokens * CHARACTERS_PER_TOKEN), estimateTokens(text)]
  if (estimate <= tokens) return text
  return beginning(
    text.slice(0, Math.min(most, Math.floor((text.length * tokens) / estimate), text.length - 1)),
    tokens,
  )
}

/** The most telling sentences of a segment that fit, in text order. The best one is cut if it is too long by itself. */
function digest(
  text: string,
  sentences: readonly Sentence[],
  tokens: number,
  weights: ReadonlyMap<string, number>,
): string {
  const ranked = sentences
    .map(({ start, end }) => ({ start, text: text.slice(start, end), tokens: estimateTokens(text.slice(start, end)) }))
    .map((sentence) => ({ ...sentence, weight: sentenceWeight(sentence.text, weights) }))
    .sort((a, b) => b.weight - a.weight || a.start - b.start)
  const first = ranked[0]
  if (first === undefined) return ''
  if (first.tokens > tokens) return bestStretch(first.text, tokens, weights)
  let left = tokens
  return ranked
    .filter((sentence) => {
      if (sentence.tokens > left) return false
      left -= sentence.tokens
      return true
    })
    .sort((a, b) => a.start - b.start)
    .map((sentence) => sentence.text)
    .join(' ')
}

/** Says which segments get a digest: every one, or evenly spread ones if the budget is too small for all. */
function evenlySpread(count: number, affordable: number): (index: number) => boolean {
  if (affordable >= count) return () => true
  return (index) => Math.floor(((index + 1) * affordable) / count) > Math.floor((index * affordable) / count)
}

/**
 * What to embed for each segment, within a budget of tokens for the item. If the item is short, it is the whole segment. Otherwise it is
 * the segment's most telling sentences, by the weight of their words. `''` means that the segment gets no vector. Lexical statistics cover
 * the rest.
 */
export function digests(text: string, segments: readonly Segment[], options: DigestOptions = {}): string[] {
  const { minTokensPerSegment = 10 } = options
  const { maxTokens = Math.min(BUDGET.most, Math.max(BUDGET.least, segments.length * minTokensPerSegment)) } = options
  const texts = segments.map(({ start, end }) => text.slice(start, end).replace(/\s+/g, ' ').trim())
  const isChosen = evenlySpread(segments.length, Math.max(1, Math.floor(maxTokens / minTokensPerSegment)))
  const sizes = texts.map((one, i) => (isChosen(i) ? estimateTokens(one) : 0))
  if (sizes.reduce((sum, size) => sum + size, 0) <= maxTokens && sizes.every((size, i) => size > 0 || texts[i] === ''))
    return texts
  const shares = segments.map(({ role }) => (role === 'content' || role === 'unknown' ? 1 : WEIGHT_OUTSIDE_CONTENT))
  const cap = CAP_STEP ** Math.floor(Math.log(waterLevel(sizes, shares, maxTokens)) / Math.log(CAP_STEP))
  const weights = wordWeights(texts)
  return texts.map((one, i) => {
    if ((sizes[i] ?? 0) === 0) return ''
    const tokens = Math.floor(cap * (shares[i] ?? 1))
    return (sizes[i] ?? 0) <= tokens ? one : digest(one, sentencesIn(one), tokens, weights)
  })
}
