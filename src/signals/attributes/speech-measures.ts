import type { Segment } from '../../content/transcript/segments.ts'
import type { Reading } from '../reading/reading.ts'
import { type Token, tokensIn } from '../reading/reading-words.ts'
import { sentencesIn } from '../reading/spoken-sentences.ts'
import { profanityIn } from '../suitability/profanity.ts'

/** How the people in an item speak, measured by their words. Rates are per 1,000 words. Shares are 0..1. */
export interface Speech {
  words: number
  sentences: number
  /**
   * The number of speakers with at least 3 % of the words, and the largest share of one speaker. They are 0 and 1 if the speakers are not
   * known.
   */
  speakers: number
  largestShare: number
  /** Changes of speaker per 1,000 words. */
  turns: number
  questions: number
  /** The share of the questions that come from the speaker who asks most. */
  askingShare: number
  /** The share of turns (paragraphs) that are a short question with a much longer turn after it, as in an interview. */
  answered: number
  exclamations: number
  quotes: number
  you: number
  i: number
  we: number
  /** Words such as he, she, him, her and they, for the people in a story. */
  third: number
  /** Verbs in a past form, which are recognised by common forms and endings. */
  past: number
  /** The share of lines that occur more than once, if the text has lines. */
  repeatedLines: number
  /** The mean number of words in a line (or in a paragraph, if lines are paragraphs). */
  lineWords: number
  profanity: { strong: number; mild: number }
  rate(words: ReadonlySet<string>): number
}

const PAST =
  /^(?:was|were|had|did|said|went|came|saw|took|gave|knew|thought|found|told|felt|left|stood|sat|ran|heard|kept|held|looked|asked|turned|walked|began|made|put|got|fell|lay|brought|caught|spoke|smiled|wore)$/

function speakerShares(segments: readonly Segment[]): number[] {
  const words = new Map<string, number>()
  for (const { speaker, words: count } of segments)
    if (speaker !== null) words.set(speaker, (words.get(speaker) ?? 0) + count)
  const total = [...words.values()].reduce((sum, count) => sum + count, 0)
  return [...words.values()].map((count) => count / Math.max(1, total)).sort((a, b) => b - a)
}

function turnsIn(segments: readonly Segment[]): number {
  return segments.filter(({ speaker }, i) => i > 0 && speaker !== null && speaker !== segments[i - 1]?.speaker).length
}

function questionsBySpeaker(text: string, segments: readonly Segment[]): number[] {
  const asked = new Map<string | null, number>()
  for (const { start, end, speaker } of segments) {
    const count = text.slice(start, end).match(/[?？](?!["”’')\]]*\s*[a-z])/g)?.length ?? 0
    asked.set(speaker, (asked.get(speaker) ?? 0) + count)
  }
  return [...asked.values()]
}

function answeredShare(text: string): number {
  const turns = text
    .split(/\n{2,}/)
    .map((turn) => turn.trim())
    .filter((turn) => turn !== '')
  const length = (turn: string | undefined): number => turn?.split(/\s+/).length ?? 0
  const asked = turns.filter(
    (turn, i) => /[?？]["”’]?$/.test(turn) && length(turn) <= 60 && length(turns[i + 1]) >= 2 * length(turn),
  )
  return turns.length < 6 ? 0 : asked.length / turns.length
}

function linesOf(text: string): { repeated: number; words: number } {
  const lines = text
    .split('\n')
    .map((line) =>
      line
        .trim()
        .toLowerCase()
        .replace(/[^\p{L}\p{N} ]/gu, ''),
    )
    .filter((line) => line !== '')
  const counts = new Map<string, number>()
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1)
  const repeated = lines.filter((line) => line.length > 8 && (counts.get(line) ?? 0) > 1).length
  const words = lines.reduce((sum, line) => sum + line.split(' ').length, 0)
  return { repeated: repeated / Math.max(1, lines.length), words: words / Math.max(1, lines.length) }
}

const among = (...words: string[]): ReadonlySet<string> => new Set(words)
const YOU = among('you', 'your', 'yours')
const I = among('i', 'my', 'me', 'mine')
const WE = among('we', 'our', 'us')
const THIRD = among('he', 'she', 'him', 'her', 'his', 'hers')

/** Measures the transcript. The function words are English, so in other languages their rates are near 0. */
export function measureSpeech(
  reading: Pick<Reading, 'text' | 'segments'>,
  tokens: readonly Token[] = tokensIn(reading.text),
): Speech {
  const { text, segments } = reading
  const counts = new Map<string, number>()
  for (const { word } of tokens) counts.set(word, (counts.get(word) ?? 0) + 1)
  const per = (count: number): number => (count / Math.max(1, tokens.length)) * 1000
  const rate = (words: ReadonlySet<string>): number =>
    per([...words].reduce((sum, word) => sum + (counts.get(word) ?? 0), 0))
  const shares = speakerShares(segments)
  const asked = questionsBySpeaker(text, segments)
  const questions = asked.reduce((sum, count) => sum + count, 0)
  const lines = linesOf(text)
  const profane = profanityIn(text, tokens)
  const past = tokens.filter(({ word }) => PAST.test(word) || (word.length > 4 && word.endsWith('ed'))).length
  return {
    words: tokens.length,
    sentences: sentencesIn(text).length,
    speakers: shares.filter((share) => share >= 0.03).length,
    largestShare: shares[0] ?? 1,
    turns: per(turnsIn(segments)),
    questions: per(questions),
    askingShare: questions === 0 ? 0 : Math.max(...asked) / questions,
    answered: answeredShare(text),
    exclamations: per(text.match(/!/g)?.length ?? 0),
    quotes: per((text.match(/["“”«»„]/g)?.length ?? 0) / 2),
    you: rate(YOU),
    i: rate(I),
    we: rate(WE),
    third: rate(THIRD),
    past: per(past),
    repeatedLines: lines.repeated,
    lineWords: lines.words,
    profanity: {
      strong: profane.filter(({ strength }) => strength === 'strong').length,
      mild: profane.filter(({ strength }) => strength === 'mild').length,
    },
    rate,
  }
}
