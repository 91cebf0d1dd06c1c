import type { EvidenceRef } from '../content/answers.ts'
import type { AttributeName } from '../content/understanding.ts'
import { metadataAttributes } from './attributes-metadata.ts'
import type { AttributeCandidate } from './candidates.ts'
import { type Measured, measureFormat } from './format.ts'
import { profanityIn } from './profanity.ts'
import type { Reading } from './reading.ts'
import { measureSpeech, type Speech } from './speech.ts'
import { JARGON, measureAudience, measureTone, TONE_WORDS } from './tone.ts'
import { tokensIn } from './words.ts'

const MOST_PER_ATTRIBUTE = 3
const round = (value: number): number => Math.round(value * 1000) / 1000

function segmentRef(segment: number): EvidenceRef {
  return { source: 'transcript', segment }
}

/** The segments with most of what `count` counts; without any, the first of the content. */
function showing(
  reading: Reading,
  count: (text: string, segment: Reading['segments'][number]) => number,
): EvidenceRef[] {
  const content = reading.segments.filter(({ role }) => role === 'content' || role === 'unknown')
  const ranked = content
    .map((segment) => ({ segment, found: count(reading.text.slice(segment.start, segment.end), segment) }))
    .sort((a, b) => b.found - a.found || a.segment.index - b.segment.index)
  const best = ranked.filter(({ found }) => found > 0).slice(0, 2)
  return (best.length > 0 ? best : ranked.slice(0, 1)).map(({ segment }) => segmentRef(segment.index))
}

const wordsAmong =
  (words: ReadonlySet<string>) =>
  (text: string): number =>
    tokensIn(text).filter(({ word }) => words.has(word)).length

function evidenceFor(reading: Reading, name: AttributeName, value: string): EvidenceRef[] {
  if (name === 'explicit')
    return showing(reading, (text) =>
      profanityIn(text).reduce((sum, { strength }) => sum + (strength === 'strong' ? 3 : 1), 0),
    )
  if (name === 'tone') {
    const words = Object.entries(TONE_WORDS).find(([tone]) => tone === value)?.[1]
    return showing(reading, words === undefined ? () => 0 : wordsAmong(words))
  }
  if (name === 'audience')
    return showing(reading, value === 'professionals' || value === 'enthusiasts' ? wordsAmong(JARGON) : () => 0)
  switch (value) {
    case 'interview':
    case 'conversation':
    case 'panel':
    case 'meeting':
      return showing(reading, (text) => text.split('?').length - 1)
    case 'narrative':
    case 'reading':
      return showing(
        reading,
        (text) => tokensIn(text).filter(({ word }) => /^(?:he|she|said|was|had|were)$/.test(word)).length,
      )
    default:
      return showing(reading, () => 0)
  }
}

function measureExplicit(speech: Speech): Measured<'clean' | 'mild' | 'explicit'>[] {
  if (speech.words < 20) return []
  const { strong, mild } = speech.profanity
  const because = strong + mild === 0 ? 'no profane word' : `${strong} strong and ${mild} mild profane words`
  if (strong >= 3) return [{ value: 'explicit', score: Math.min(0.95, 0.7 + 0.03 * strong), because }]
  if (strong > 0 || mild >= 3) return [{ value: 'mild', score: 0.7, because }]
  return [{ value: 'clean', score: 0.85, because }]
}

/** Profanity is measured with English words; of other languages nothing can be said. */
function isEnglish(language: string | null): boolean {
  return language === null || /^en\b/i.test(language)
}

/**
 * Values of format, tone, audience and explicitness that the measures speak for, up to three each, with what was measured.
 * Format rests on turns and punctuation and so speaks for any language; the others know English words and say nothing elsewhere.
 */
export function attributeCandidates(reading: Reading): AttributeCandidate[] {
  if (reading.text.trim() === '') return metadataAttributes(reading)
  const speech = measureSpeech(reading)
  const format = measureFormat(reading, speech)
  const english = isEnglish(reading.language)
  const measured: [AttributeName, readonly Measured<string>[]][] = [
    ['format', format],
    ['tone', english ? measureTone(reading, speech, format[0]?.value) : []],
    ['audience', english ? measureAudience(reading, speech) : []],
    ['explicit', english ? measureExplicit(speech) : []],
  ]
  return measured
    .flatMap(([name, values]) =>
      values.slice(0, MOST_PER_ATTRIBUTE).map(({ value, score, because }) => ({
        name,
        value,
        score: round(score),
        because,
        evidence: evidenceFor(reading, name, value),
      })),
    )
    .filter(({ evidence }) => evidence.length > 0)
    .sort((a, b) => b.score - a.score || (`${a.name} ${a.value}` < `${b.name} ${b.value}` ? -1 : 1))
}
