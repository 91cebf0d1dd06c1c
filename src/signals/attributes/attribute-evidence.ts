import type { EvidenceRef } from '../../content/evidence/evidence-ref.ts'
import { CONTENT_ROLES, clipAround, type SegmentSentence, sentencesOf } from '../claims/claim-sentences.ts'
import type { Reading } from '../reading/reading.ts'
import { tokensIn } from '../reading/reading-words.ts'

/** Counts the signs of a value in a sentence. */
export type Cues = (sentence: string) => number

const MAX_SENTENCES = 3
const LONGEST_QUOTE = 240
/** Places that are nearer to each other than this share of the item count as one place. */
const MIN_DISTANCE_SHARE = 0.08
/** This many signs in one sentence are worth as much as two sentences. */
const DENSE_SIGNS = 3

/** Counts how many different words of a list a sentence has. */
export function wordsAmong(words: ReadonlySet<string>): Cues {
  return (sentence) =>
    new Set(
      tokensIn(sentence)
        .map(({ word }) => word)
        .filter((word) => words.has(word)),
    ).size
}

interface SignSentence extends SegmentSentence {
  signs: number
}

function sentencesWithSigns(reading: Reading, cues: Cues): SignSentence[] {
  return sentencesOf(reading, CONTENT_ROLES)
    .map((sentence) => ({ ...sentence, signs: cues(sentence.text) }))
    .filter(({ signs }) => signs > 0)
    .sort((a, b) => b.signs - a.signs || a.start - b.start)
}

// If a long sentence is clipped, the quote still holds the first word that is a sign.
function quoteOf({ segment, text }: SignSentence, cues: Cues): EvidenceRef {
  if (text.length <= LONGEST_QUOTE) return { source: 'transcript', segment, quote: text }
  const at = tokensIn(text).find(({ start, end }) => cues(text.slice(start, end)) > 0)?.start ?? 0
  return { source: 'transcript', segment, quote: clipAround(text, at, LONGEST_QUOTE) }
}

/** The sentences with the most signs in the whole item, at most three. They stand apart from each other if there are enough of them. */
export function strongestSentences(reading: Reading, cues: Cues): EvidenceRef[] {
  const ranked = sentencesWithSigns(reading, cues)
  const distance = MIN_DISTANCE_SHARE * reading.text.length
  const far: SignSentence[] = []
  for (const one of ranked)
    if (far.length < MAX_SENTENCES && far.every(({ start }) => Math.abs(start - one.start) >= distance)) far.push(one)
  const rest = ranked.filter((one) => !far.includes(one))
  return [...far, ...rest.slice(0, Math.max(0, 2 - far.length))].map((one) => quoteOf(one, cues))
}

/** The same sentences, but none if the value is supported by only one or two signs in one sentence. */
export function strongestIfSeveral(reading: Reading, cues: Cues): EvidenceRef[] {
  const ranked = sentencesWithSigns(reading, cues)
  return ranked.length > 1 || (ranked[0]?.signs ?? 0) >= DENSE_SIGNS ? strongestSentences(reading, cues) : []
}
