import type { ClaimCandidate } from '../candidates.ts'
import { isContentWord, stem, wordsOf } from '../phrases/stopwords.ts'
import type { Reading } from '../reading/reading.ts'
import { salienceOf } from './claim-salience.ts'
import { CONTENT_ROLES, type SegmentSentence, sentencesOf } from './claim-sentences.ts'
import { cleanClaim, selfContained } from './claim-wording.ts'
import { descriptionClaims } from './description-claims.ts'

const QUOTE_LIMIT = 600
const LIMIT = 24
/** The weight of relevance against novelty when sentences are chosen (maximal marginal relevance, Carbonell and Goldstein, 1998). */
const RELEVANCE = 0.7

interface ScoredSentence {
  sentence: SegmentSentence
  claim: string
  score: number
  stems: ReadonlySet<string>
}

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0
  for (const word of a) if (b.has(word)) shared += 1
  return shared / Math.max(1, Math.min(a.size, b.size))
}

// Chooses the best of each stretch before the second best of any. It leaves out a sentence that says the same as a chosen one.
function chooseDiverse(
  ranked: readonly ScoredSentence[],
  limit: number,
  stretches: number,
  segments: number,
): ScoredSentence[] {
  const chosen: ScoredSentence[] = []
  const left = [...ranked]
  const stretchOf = ({ sentence }: ScoredSentence) => Math.floor((sentence.segment / Math.max(1, segments)) * stretches)
  const taken = new Map<number, number>()
  while (chosen.length < limit && left.length > 0) {
    let best = -1
    let bestValue = Number.NEGATIVE_INFINITY
    for (const [i, one] of left.entries()) {
      const twin = Math.max(0, ...chosen.map(({ stems }) => overlap(stems, one.stems)))
      const crowd = taken.get(stretchOf(one)) ?? 0
      const value = twin > 0.8 ? -1 : RELEVANCE * one.score - (1 - RELEVANCE) * twin - 0.12 * crowd
      if (value > bestValue) [best, bestValue] = [i, value]
    }
    const [next] = left.splice(best, 1)
    if (next === undefined || bestValue <= -1) break
    chosen.push(next)
    taken.set(stretchOf(next), (taken.get(stretchOf(next)) ?? 0) + 1)
  }
  return chosen
}

const ENGLISH = /^en\b/i

function scoreSentences(reading: Reading): ScoredSentence[] {
  const sentences = sentencesOf(reading, CONTENT_ROLES)
  const salience = salienceOf(reading, sentences)
  const isSpoken = reading.language === null || ENGLISH.test(reading.language)
  const all = sentences.map((sentence, i) => {
    const claim = isSpoken ? cleanClaim(sentence.text) : sentence.text
    const fit = isSpoken ? selfContained(claim, sentence.text) : plainFit(claim)
    const stems = new Set(wordsOf(claim).filter(isContentWord).map(stem))
    return { sentence, claim, score: fit * (salience[i] ?? 0), stems }
  })
  const best = all.reduce((top, { score }) => Math.max(top, score), 0) || 1
  return all
    .filter(
      ({ score, claim, sentence }) => score > 0 && claim.length <= QUOTE_LIMIT && sentence.text.length <= QUOTE_LIMIT,
    )
    .map((one) => ({ ...one, score: one.score / best }))
    .sort((a, b) => b.score - a.score || a.sentence.start - b.sentence.start)
}

// In languages other than English, only the length and the final mark say whether it is a sentence.
function plainFit(sentence: string): number {
  const units = Math.max(wordsOf(sentence).length, sentence.length / 6)
  if (/[?？]/.test(sentence) || units < 6 || units > 50) return 0
  return /[.!。！]["”»」]?$/u.test(sentence) ? 1 : 0.5
}

// For songs, very short texts and speech without punctuation: lines word for word, which is better than nothing. A refrain comes first.
function anyLine(reading: Reading): ClaimCandidate[] {
  const lines = sentencesOf(reading, [...CONTENT_ROLES, 'music']).filter(
    ({ text }) => text.length <= QUOTE_LIMIT && wordsOf(text).length >= 4,
  )
  const weights = salienceOf(reading, lines)
  const times = new Map<string, number>()
  for (const { text } of lines) times.set(text, (times.get(text) ?? 0) + 1)
  const seen = new Set<string>()
  return lines
    .map((line, i) => ({ ...line, weight: (times.get(line.text) ?? 1) - 1 + (weights[i] ?? 0) }))
    .filter(({ text }) => !seen.has(cleanClaim(text)) && seen.add(cleanClaim(text)))
    .sort((a, b) => b.weight - a.weight || a.start - b.start)
    .slice(0, 4)
    .map(({ segment, text }, i) => ({
      text: cleanClaim(text) || text,
      score: Math.round(500 - 100 * i) / 1000,
      evidence: [{ source: 'transcript', segment, quote: text }],
    }))
}

/**
 * Sentences that carry the content of an item. They are central in meaning and words, complete by themselves, 8-45 words long, different
 * from each other, and spread over the text. Questions, ads and greetings are left out. `text` is the sentence without discourse markers
 * and fillers. The quote of the evidence is the sentence verbatim. Best first, at most 24. Without a transcript, they are sentences of the
 * description. Pure. Input and output can be cloned.
 */
export function claimCandidates(reading: Reading): ClaimCandidate[] {
  if (reading.text.trim() === '') return descriptionClaims(reading)
  const ranked = scoreSentences(reading).slice(0, 160)
  const strong = ranked.filter(({ score }) => score > 0.12)
  if (strong.length === 0 || reading.kind === 'song') return anyLine(reading)
  const words = reading.segments.reduce((sum, segment) => sum + segment.words, 0)
  const limit = Math.max(4, Math.min(LIMIT, Math.round(words / 120)))
  return chooseDiverse(strong, limit, Math.max(3, Math.min(10, Math.round(words / 700))), reading.segments.length)
    .sort((a, b) => b.score - a.score || a.sentence.start - b.sentence.start)
    .map(({ sentence, claim, score }) => ({
      text: claim,
      score: Math.round(score * 1000) / 1000,
      evidence: [{ source: 'transcript', segment: sentence.segment, quote: sentence.text }],
    }))
}
