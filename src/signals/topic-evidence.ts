import type { EvidenceRef } from '../content/answers.ts'
import { sentencesIn } from './sentences.ts'
import type { TopicLexicon } from './topic-lexicon.ts'
import type { Part } from './topic-part.ts'
import { contentStems } from './words.ts'

const MOST = 3
const LONGEST_QUOTE = 400

function wordsFor(stems: readonly string[], lexicon: TopicLexicon, node: string): number {
  return [...new Set(stems)].reduce((sum, stem) => {
    const weight = lexicon.weights(stem).find(([id]) => id === node)?.[1] ?? 0
    return sum + weight
  }, 0)
}

function quoteFrom(text: string, lexicon: TopicLexicon, node: string): string | undefined {
  let best = { quote: '', worth: 0 }
  for (const { start, end } of sentencesIn(text)) {
    const quote = text.slice(start, end)
    const worth = wordsFor(contentStems(quote), lexicon, node)
    if (quote.length <= LONGEST_QUOTE && worth > best.worth) best = { quote, worth }
  }
  return best.quote === '' ? undefined : best.quote
}

/**
 * The parts that support a node best, by standing out in meaning and by its words, quoted where a sentence carries its
 * words. `standing` is how far the node stands out in each part, in standard deviations.
 */
export function topicEvidence(
  parts: readonly Part[],
  standing: readonly number[],
  lexicon: TopicLexicon,
  node: string,
): EvidenceRef[] {
  const ranked = parts
    .map((part, at) => ({
      part,
      at,
      worth: wordsFor(part.stems, lexicon, node) + 0.4 * Math.max(0, standing[at] ?? 0),
    }))
    .filter(({ worth }) => worth > 0)
    .sort((a, b) => b.worth - a.worth || a.at - b.at)
  // What an item is by its kind is shown where it begins.
  const shown = ranked.length > 0 ? ranked.slice(0, MOST) : parts.slice(0, 1).map((part) => ({ part }))
  return shown.map(({ part }) => {
    const quote = quoteFrom(part.text, lexicon, node)
    return quote === undefined ? part.ref : { ...part.ref, quote }
  })
}
