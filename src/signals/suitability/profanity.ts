import { unveil, VEILED } from '../data/veiled.ts'
import { type Token, tokensIn } from '../reading/reading-words.ts'

/** A profane word in a text, by its offsets. The word itself is not repeated. */
export interface ProfanityHit {
  strength: 'strong' | 'mild'
  start: number
  end: number
}

function matcher(list: string): (word: string) => boolean {
  const words = unveil(list)
  const stems = words.filter((word) => word.endsWith('*')).map((word) => word.slice(0, -1))
  const whole = new Set([...words, ...stems, ...words.map((word) => `${word}s`)])
  return (word) => whole.has(word) || stems.some((one) => word.startsWith(one))
}

const isStrong = matcher(VEILED.strong)
const isMild = matcher(VEILED.mild)
// Transcripts mask such words: f***, s**t, [bleep].
const MASKED =
  /(?<![\p{L}\p{N}*])[fscbp][\p{L}]?\*{2,}[\p{L}]{0,4}(?![\p{L}\p{N}])|\[(?:bleep(?:ed)?|expletive(?: deleted)?)\]/giu

/** The profane words in text order, also masked ones. Text in other languages than English gives few or none. */
export function profanityIn(text: string, tokens: readonly Token[] = tokensIn(text)): ProfanityHit[] {
  const plain = tokens.flatMap(({ word, start, end }): ProfanityHit[] => {
    if (isStrong(word)) return [{ strength: 'strong', start, end }]
    return isMild(word) ? [{ strength: 'mild', start, end }] : []
  })
  const masked = [...text.matchAll(MASKED)].map(
    ({ 0: mark, index }): ProfanityHit => ({ strength: 'strong', start: index, end: index + mark.length }),
  )
  return [...plain, ...masked].sort((a, b) => a.start - b.start)
}
