import type { ATTRIBUTES } from '../../content/labels/attribute-label.ts'
import type { Reading } from '../reading/reading.ts'
import type { Speech } from './speech-measures.ts'

export type Format = (typeof ATTRIBUTES.format)[number]

export interface Measured<Value extends string> {
  value: Value
  score: number
  because: string
}

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '))
export const LECTURE = words(
  'lecture slide slides students course professor theorem figure equation diagram blackboard',
)
export const NEWS = words(
  'minister ministry government officials spokesperson spokeswoman spokesman correspondent reported headlines police parliament president council bulletin reporter authorities',
)
export const MEETING = words(
  'meeting agenda minutes um uh mm hmm committee inquiry deadline prototype action presentation chair motion',
)

/** 0 at `low`, 1 at `high`, and linear between them. If `low` is the larger of the two, the value falls. */
export function ramp(value: number, low: number, high: number): number {
  return Math.min(1, Math.max(0, (value - low) / (high - low)))
}

const figure = (value: number): string => String(Math.round(value * 10) / 10)
const share = (value: number): string => `${Math.round(value * 100)} %`

/** In several languages: bulletins are short, and the words that name them are few and known. */
const BULLETIN = /\b(?:nachrichten|news|bulletin|headlines|noticias|nouvelles|journal|telediario|notizie|nieuws)\b/i

function newsShare(reading: Reading, speech: Speech): number {
  if (reading.kind === 'audiobook_chapter' || reading.kind === 'song') return 0
  const named = BULLETIN.test(`${reading.title} ${reading.text.slice(0, 600)}`) ? 0.5 : 0
  return Math.min(1, named + ramp(speech.rate(NEWS), 2, 8)) * ramp(speech.you + speech.i, 30, 14)
}

function storyShare(speech: Speech): number {
  return ramp(speech.third + speech.quotes, 15, 45) * ramp(speech.past, 55, 95)
}

/**
 * Says how much a text without marked turns, as speech recognisers write it, reads like people who speak with each other. The signs are
 * many questions, and many uses of `I` and `you`.
 */
function dialogueShare(reading: Reading, speech: Speech): number {
  if (speech.speakers > 0 || reading.kind === 'song' || reading.kind === 'audiobook_chapter') return 0
  const address = ramp(Math.min(speech.you, speech.i + speech.we), 15, 35)
  return ramp(speech.questions, 5, 16) * address * (1 - storyShare(speech)) * (1 - newsShare(reading, speech))
}

function formatsOfSeveral(reading: Reading, speech: Speech): Measured<Format>[] {
  const { speakers, largestShare, askingShare, turns, questions } = speech
  if (speakers < 2) {
    const score = 0.7 * dialogueShare(reading, speech)
    const because = `${figure(questions)} questions in 1,000 words, and people who say I and you to each other`
    return [{ value: 'conversation', score, because }]
  }
  const alternate = ramp(turns, 1, 6) * (1 - storyShare(speech)) * (1 - newsShare(reading, speech))
  const isTalkedOver = ramp(largestShare, 0.93, 0.85)
  // A segment may contain an interviewer's short turns without showing them. The turns in the text still show them.
  const asks = Math.max(ramp(askingShare, 0.5, 0.75) * ramp(questions, 1, 5), ramp(speech.answered, 0.08, 0.25))
  const panel = /\bpanel(?:l?ists?)?\b/i.test(`${reading.title} ${reading.description} ${reading.text.slice(0, 3000)}`)
    ? 0.35
    : 0
  const who = `${speakers} speakers, the one who talks most has ${share(largestShare)} of the words`
  return [
    {
      value: 'interview',
      score: alternate * isTalkedOver * (0.25 + 0.6 * asks) * (speakers <= 4 ? 1 : 0.6),
      because: `${who}; ${share(askingShare)} of the questions come from one of them, ${share(speech.answered)} of the turns are short questions with long answers`,
    },
    {
      value: 'conversation',
      score: alternate * isTalkedOver * (0.75 - 0.4 * asks) * (speakers <= 3 ? 1 : 0.75),
      because: `${who}; ${figure(turns)} changes of speaker in 1,000 words`,
    },
    {
      value: 'panel',
      score: alternate * ramp(speakers, 2, 4) * ramp(largestShare, 0.8, 0.5) * (0.45 + panel),
      because: `${who}${panel > 0 ? '; it is called a panel' : ''}`,
    },
    {
      value: 'meeting',
      score:
        alternate * ramp(speakers, 2, 4) * ramp(speech.rate(MEETING), 5, 16) * (reading.kind === 'talk' ? 0.95 : 0.8),
      because: `${who}; ${figure(speech.rate(MEETING))} words of meetings (agenda, minutes, um) in 1,000`,
    },
  ]
}

function formatsOfOne(reading: Reading, speech: Speech): Measured<Format>[] {
  const { third, past, quotes, largestShare, repeatedLines, lineWords } = speech
  const isBook = reading.kind === 'audiobook_chapter'
  const alone = ramp(largestShare, 0.6, 0.9) * (1 - 0.8 * dialogueShare(reading, speech))
  const lecture = 0.35 * ramp(speech.rate(LECTURE), 0.5, 3) + (reading.kind === 'talk' ? 0.3 : 0)
  return [
    {
      value: 'reading',
      score: isBook ? 0.9 : 0.5 * storyShare(speech) * ramp(quotes, 5, 15),
      because: isBook
        ? 'it is the chapter of a book'
        : `${figure(quotes)} quoted utterances in 1,000 words, told in the past`,
    },
    {
      value: 'narrative',
      score: storyShare(speech) * (isBook ? 0.6 : 0.9),
      because: `told of others (${figure(third)} he or she) in the past (${figure(past)} past forms in 1,000 words)`,
    },
    {
      value: 'music',
      score:
        reading.kind === 'song'
          ? 0.97
          : 0.8 * ramp(repeatedLines, 0.1, 0.3) * ramp(lineWords, 11, 8) * (speech.speakers < 2 ? 1 : 0),
      because: `${share(repeatedLines)} of the lines come back, ${figure(lineWords)} words a line`,
    },
    {
      value: 'news',
      score: 0.9 * newsShare(reading, speech),
      because: `${figure(speech.rate(NEWS))} words of newsrooms in 1,000, hardly any "I" and "you"`,
    },
    {
      value: 'lecture',
      score: alone * (1 - storyShare(speech)) * (0.25 + lecture),
      because: `one voice has ${share(largestShare)} of the words and explains`,
    },
    {
      value: 'monologue',
      score: alone * (1 - storyShare(speech)) * (0.5 - lecture / 2) * (speech.speakers === 0 ? 0.6 : 1),
      because: `one voice has ${share(largestShare)} of the words`,
    },
  ]
}

/** The formats that the measures support, best first. Without words there is none, except that a song is music. */
export function measureFormat(reading: Reading, speech: Speech): Measured<Format>[] {
  if (speech.words < 30) return reading.kind === 'song' ? [{ value: 'music', score: 0.9, because: 'it is a song' }] : []
  return [...formatsOfSeveral(reading, speech), ...formatsOfOne(reading, speech)]
    .filter(({ score }) => score >= 0.1)
    .sort((a, b) => b.score - a.score || (a.value < b.value ? -1 : 1))
}
