import type { EvidenceRef } from '../../content/evidence/evidence-ref.ts'
import type { AttributeName } from '../../content/labels/attribute-label.ts'
import type { AttributeCandidate } from '../candidates.ts'
import { CONTENT_ROLES } from '../claims/claim-sentences.ts'
import type { Reading } from '../reading/reading.ts'
import { tokensIn } from '../reading/reading-words.ts'
import { profanityIn } from '../suitability/profanity.ts'
import { type Cues, strongestIfSeveral, strongestSentences, wordsAmong } from './attribute-evidence.ts'
import { metadataAttributes, quoteWhere } from './attribute-metadata.ts'
import { LECTURE, MEETING, type Measured, measureFormat, NEWS } from './item-format.ts'
import { measureSpeech, type Speech } from './speech-measures.ts'
import { CHILD_TITLE, type EvidencedValue, measureAudience, measureTone } from './tone.ts'

const MOST_PER_ATTRIBUTE = 3
const round = (value: number): number => Math.round(value * 1000) / 1000

// No sentence says how often turns change, or that there is no swearing. The beginning of the item is the evidence for such values.
function beginningOf(reading: Reading): EvidenceRef[] {
  const first = reading.segments.find(({ role }) => CONTENT_ROLES.includes(role))
  return first === undefined ? [] : [{ source: 'transcript', segment: first.index }]
}

const questionSigns: Cues = (sentence) =>
  /[?？]["”’)]*$/.test(sentence) ? Math.min(20, sentence.split(/\s+/).length) : 0
const storySigns: Cues = (sentence) =>
  tokensIn(sentence).filter(({ word }) => /^(?:he|she|said|was|had|were)$/.test(word)).length
const profanitySigns: Cues = (sentence) =>
  profanityIn(sentence).reduce((sum, { strength }) => sum + (strength === 'strong' ? 3 : 1), 0)

function cuesOf(format: string): Cues | undefined {
  switch (format) {
    case 'interview':
    case 'conversation':
    case 'panel':
      return questionSigns
    case 'meeting':
      return wordsAmong(MEETING)
    case 'narrative':
    case 'reading':
      return storySigns
    case 'lecture':
      return wordsAmong(LECTURE)
    case 'news':
      return wordsAmong(NEWS)
    default:
      return undefined
  }
}

function evidenceFor(reading: Reading, cues: Cues | undefined): EvidenceRef[] {
  const shown = cues === undefined ? [] : strongestSentences(reading, cues)
  return shown.length > 0 ? shown : beginningOf(reading)
}

const candidate = (
  name: AttributeName,
  { value, score, because }: Measured<string>,
  evidence: EvidenceRef[],
): AttributeCandidate => ({ name, value, score: round(score), because, evidence })

function measureExplicit(speech: Speech): Measured<'clean' | 'mild' | 'explicit'>[] {
  if (speech.words < 20) return []
  const { strong, mild } = speech.profanity
  const because = strong + mild === 0 ? 'no profane word' : `${strong} strong and ${mild} mild profane words`
  if (strong >= 3) return [{ value: 'explicit', score: Math.min(0.95, 0.7 + 0.03 * strong), because }]
  if (strong > 0 || mild >= 3) return [{ value: 'mild', score: 0.7, because }]
  return [{ value: 'clean', score: 0.85, because }]
}

/** Profanity is measured with English words, so nothing can be said of other languages. */
function isEnglish(language: string | null): boolean {
  return language === null || /^en\b/i.test(language)
}

/**
 * The values of format, tone, audience and explicitness that the measures support: at most three each, with what was measured and the
 * sentences that show it best. The format is measured by turns and punctuation, so it is offered for any language. The other measures know
 * English words, so they are offered for English only. A tone or an audience that only one sentence hints at is not offered.
 */
export function attributeCandidates(reading: Reading): AttributeCandidate[] {
  if (reading.text.trim() === '') return metadataAttributes(reading)
  const speech = measureSpeech(reading)
  const formats = measureFormat(reading, speech)
  const english = isEnglish(reading.language)
  const shown = (name: 'tone' | 'audience', values: readonly EvidencedValue<string>[]): AttributeCandidate[] =>
    values
      .map((value) =>
        candidate(name, value, [...declaredAudience(reading, name, value), ...strongestIfSeveral(reading, value.cues)]),
      )
      .filter(({ evidence }) => evidence.length > 0)
      .slice(0, MOST_PER_ATTRIBUTE)
  const stated = (name: 'format' | 'explicit', values: readonly Measured<string>[], cues: typeof cuesOf) =>
    values.slice(0, MOST_PER_ATTRIBUTE).map((value) => candidate(name, value, evidenceFor(reading, cues(value.value))))
  return [
    ...stated('format', formats, cuesOf),
    ...(english ? shown('tone', measureTone(reading, speech, formats[0]?.value)) : []),
    ...(english ? shown('audience', measureAudience(reading, speech)) : []),
    ...(english
      ? stated('explicit', measureExplicit(speech), (value) => (value === 'clean' ? undefined : profanitySigns))
      : []),
  ]
    .filter(({ evidence }) => evidence.length > 0)
    .sort((a, b) => b.score - a.score || (`${a.name} ${a.value}` < `${b.name} ${b.value}` ? -1 : 1))
}

// If the title or the description names children, that is the best evidence.
function declaredAudience(reading: Reading, name: 'tone' | 'audience', { value }: Measured<string>): EvidenceRef[] {
  return name === 'audience' && value === 'children' ? quoteWhere(reading, (text) => CHILD_TITLE.test(text)) : []
}
