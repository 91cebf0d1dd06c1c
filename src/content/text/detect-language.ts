import { eld } from 'eld/small'
import { countWords } from './count-words.ts'

/** A detector only guesses at shorter texts. */
const MIN_WORDS = 12
/** By how much the score of another language must exceed that of the expected one, on the detector's scale of 0..1. */
const MARGIN = 0.15

const base = (tag: string) => tag.toLowerCase().split('-')[0] ?? tag

/** Detects the language of a whole text from samples of its beginning, middle and end; null if the text is short or unclear. */
export function detectLanguage(text: string): string | null {
  if (countWords(text.slice(0, 1000)) < MIN_WORDS) return null
  const length = 1500
  const middle = Math.max(0, Math.floor(text.length / 2) - length / 2)
  const sample =
    text.length <= length * 3
      ? text
      : [text.slice(0, length), text.slice(middle, middle + length), text.slice(-length)].join(' ')
  const result = eld.detect(sample)
  return result.language !== '' && result.isReliable() ? result.language : null
}

/**
 * Detects the language of a short part of a text. The expected language is the publisher's declaration or that of the whole
 * text. Another language is accepted only if the part is long enough and the detector is sure.
 */
export function stretchLanguage(text: string, expected: string | null): string | null {
  if (countWords(text) < MIN_WORDS) return expected
  const result = eld.detect(text)
  if (result.language === '' || !result.isReliable()) return expected
  if (expected === null) return result.language
  if (result.language === base(expected)) return expected
  const scores = result.getScores()
  const lead = (scores[result.language] ?? 0) - (scores[base(expected)] ?? 0)
  return lead > MARGIN ? result.language : expected
}
