import type { ClaimCandidate } from '../candidates.ts'
import { isContentWord, stem, wordsOf } from '../phrases/stopwords.ts'
import { ownSentences } from '../reading/description-text.ts'
import type { Reading } from '../reading/reading.ts'
import { cleanClaim } from './claim-wording.ts'

const QUOTE_LIMIT = 600
const LIMIT = 12
/** What the publisher writes first is what the item is about. Each later sentence counts less by this much. */
const LOSS_A_SENTENCE = 0.05

const stemsOf = (text: string): ReadonlySet<string> => new Set(wordsOf(text).filter(isContentWord).map(stem))

// Sentences about the next episode, about the show, or about the hosts' good mood.
const NOT_ABOUT_ITEM =
  /^(?:go|enjoy|stay tuned|coming up|next (?:week|time)|see you|please|happy|stop by|grab|let['’]s|tune in|don['’]t (?:miss|forget)|thank)\b|\b(?:returns? (?:with|next|for)|purposes only|educational purposes|professionals before)\b/i

function fitness(text: string, isLine: boolean, isEnglish: boolean): number {
  const words = Math.max(wordsOf(text).length, text.length / 8)
  if (/[?？]["”’)]*$/.test(text) || words < 6 || words > 70 || text.length > QUOTE_LIMIT || NOT_ABOUT_ITEM.test(text))
    return 0
  if (isLine && words < 10) return 0
  // A sentence like `She also …` depends on the sentence before it, which may not be chosen.
  const leans = isEnglish && /^(?:it|its|that|these|those|they|he|she|his|her|their|also|instead|but)\b/i.test(text)
  return (isLine ? 0.6 : 1) * (leans ? 0.75 : 1) * (words < 9 ? 0.8 : 1)
}

/**
 * Claims from the publisher's description, for an item without a transcript. The evidence is the description's own sentences verbatim,
 * without requests, links, notices and credits. Earlier sentences, and those that share words with the title, come first. Best first, at
 * most 12. There are none if the description says nothing about the item.
 */
export function descriptionClaims({ title, description, language }: Reading): ClaimCandidate[] {
  const titled = stemsOf(title)
  const isEnglish = language === null || /^en\b/i.test(language)
  const seen = new Set<string>()
  return ownSentences(description)
    .map(({ text, isLine }, at) => {
      const shared = [...stemsOf(text)].filter((word) => titled.has(word)).length
      const weight = Math.max(0.3, 0.85 - LOSS_A_SENTENCE * at) + 0.05 * Math.min(3, shared)
      return { at, text, claim: isEnglish ? cleanClaim(text) : text, score: weight * fitness(text, isLine, isEnglish) }
    })
    .filter(({ score, claim }) => score > 0 && claim !== '' && !seen.has(claim) && seen.add(claim))
    .sort((a, b) => b.score - a.score || a.at - b.at)
    .slice(0, LIMIT)
    .map(({ text, claim, score }) => ({
      text: claim,
      score: Math.round(score * 1000) / 1000,
      evidence: [{ source: 'description', segment: null, quote: text }],
    }))
}
