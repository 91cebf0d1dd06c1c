import type { EvidenceRef } from '../../content/evidence/evidence-ref.ts'
import { contentStems } from '../reading/reading-words.ts'
import { sentencesIn } from '../reading/spoken-sentences.ts'
import type { TopicLexicon } from './topic-lexicon.ts'
import type { Part } from './topic-part.ts'

const MAX_QUOTES = 3
const LONGEST_QUOTE = 400
/** A sentence with less than this share of the best sentence's worth is no evidence beside it. */
const SHARE_OF_BEST = 0.5
/** The weight of a word of a describing phrase in a text that is full of such words. */
const PHRASE_WORD_WEIGHT = 0.12
const FROM_BELOW = 0.8

/** What supports a node: the quotes, and the number of parts with a sentence that has at least two different words of the node. */
export interface TopicSupport {
  evidence: EvidenceRef[]
  strong: number
}

interface Found {
  at: number
  quote: string
  words: number
  worth: number
}

/** How well a sentence can be read by itself, 0..1. */
function completeness(sentence: string): number {
  const words = sentence.split(/\s+/).length
  const isClosed = /^["“‘(]?[\p{Lu}\p{N}]/u.test(sentence) && /[.!?…]["”’)]*$/.test(sentence)
  const length = words < 6 ? 0.5 : words < 9 ? 0.8 : words > 45 ? 0.7 : 1
  const asks = /\?["”’)]*$/.test(sentence) ? 0.75 : 1
  const leans = /^(?:and like|but like|yeah|because|which|that['’]s|it['’]s|you['’]re|he['’]s|they['’]re|okay)\b/i.test(
    sentence,
  )
  return length * asks * (isClosed ? 1 : 0.75) * (leans ? 0.8 : 1)
}

/** A sentence that is short enough to be quoted, with what is the same for every node. */
interface Quotable {
  quote: string
  /** Each stem once, in their order. */
  stems: string[]
  completeness: number
}

function quotablesIn(text: string): Quotable[] {
  return sentencesIn(text).flatMap(({ start, end }) => {
    const quote = text.slice(start, end)
    if (quote.length > LONGEST_QUOTE) return []
    return [{ quote, stems: [...new Set(contentStems(quote))], completeness: completeness(quote) }]
  })
}

/** The share of the parts in which each word occurs. */
function sharesOf(parts: readonly Part[]): ReadonlyMap<string, number> {
  const shares = new Map<string, number>()
  for (const { stems } of parts)
    for (const stem of new Set(stems)) shares.set(stem, (shares.get(stem) ?? 0) + 1 / parts.length)
  return shares
}

interface Weighing {
  lexicon: TopicLexicon
  node: string
  below: ReadonlySet<string>
  shares: ReadonlyMap<string, number>
  parts: number
}

/**
 * Gives the weight of each word for the node. That is the node's own weight of the word or, a little less, the weight for a node below it.
 * Words that occur everywhere in the item weigh less.
 */
function weigher({ lexicon, node, below, shares, parts }: Weighing): (stem: string) => number {
  const known = new Map<string, number>()
  return (stem) => {
    const seen = known.get(stem)
    if (seen !== undefined) return seen
    const own = lexicon
      .weights(stem)
      .map(([id, weight]) => (id === node ? weight : below.has(id) ? FROM_BELOW * weight : 0))
    const weight = Math.max(0, ...own) * (parts < 4 ? 1 : 1 - 0.6 * (shares.get(stem) ?? 0))
    known.set(stem, weight)
    return weight
  }
}

function bestSentence(
  sentences: readonly Quotable[],
  at: number,
  deviation: number,
  weightOf: (stem: string) => number,
): Found[] {
  let best: Found | undefined
  for (const { quote, stems, completeness } of sentences) {
    const weights = stems.map(weightOf).filter((weight) => weight >= PHRASE_WORD_WEIGHT)
    const sum = weights.reduce((total, weight) => total + weight, 0)
    // A second word shows that the sentence is about the subject. Beyond the fourth word it is only longer.
    const worth =
      Math.min(sum, 2.5) * (weights.length > 1 ? 1.4 : 1) * completeness * (1 + 0.15 * Math.min(3, deviation))
    if (worth > (best?.worth ?? 0)) best = { at, quote, words: weights.length, worth }
  }
  return best === undefined ? [] : [best]
}

/** Finds what supports a node. `standing` is how far the node stands out in meaning in each part, in standard deviations. */
export type FindSupport = (node: string, deviations: readonly number[], below?: ReadonlySet<string>) => TopicSupport

/**
 * Finds the sentences that support a node best, one in a part. They share the most telling words with the node and read as whole sentences.
 * Among equals, the part decides in which the node stands out in meaning. If no sentence has words of the node, as in an item that is about
 * something by its kind, it is the part in which the node stands out most. The parts are read once for all nodes.
 */
export function findSupportIn(parts: readonly Part[], lexicon: TopicLexicon): FindSupport {
  const shares = sharesOf(parts)
  const quotables = parts.map(({ text }) => quotablesIn(text))
  return (node, deviations, below = new Set()) => {
    const weightOf = weigher({ lexicon, node, below, shares, parts: parts.length })
    const found = quotables
      .flatMap((sentences, at) => bestSentence(sentences, at, Math.max(0, deviations[at] ?? 0), weightOf))
      .sort((a, b) => b.worth - a.worth || a.at - b.at)
    const floor = SHARE_OF_BEST * (found[0]?.worth ?? 0)
    const evidence = found
      .filter(({ worth }) => worth >= floor)
      .slice(0, MAX_QUOTES)
      .flatMap(({ at, quote }) => {
        const part = parts[at]
        return part === undefined ? [] : [{ ...part.ref, quote }]
      })
    if (evidence.length > 0) return { evidence, strong: found.filter(({ words }) => words > 1).length }
    const at = parts.reduce((best, _, i) => ((deviations[i] ?? 0) > (deviations[best] ?? 0) ? i : best), 0)
    return { evidence: parts.slice(at, at + 1).map(({ ref }) => ref), strong: 0 }
  }
}
