import { eld } from 'eld/small'
import { countWords } from './count-words.ts'

/** Below this a detector guesses. */
const MIN_WORDS = 12
/** How far ahead of the expected language another must be, on the detector's scale of 0..1. */
const MARGIN = 0.15

const base = (tag: string) => tag.toLowerCase().split('-')[0] ?? tag

/** The language of a whole text by samples from its beginning, middle and end; null where it is short or not clear. */
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
 * The language of a short stretch, given what is expected (declared by the publisher, or that of the whole text): another
 * language is believed only where the stretch is long enough and the detector is sure.
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
