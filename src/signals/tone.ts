import type { ATTRIBUTES } from '../content/understanding.ts'
import { type Format, type Measured, ramp } from './format.ts'
import type { Reading } from './reading.ts'
import type { Speech } from './speech.ts'

type Tone = (typeof ATTRIBUTES.tone)[number]
type Audience = (typeof ATTRIBUTES.audience)[number]

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '))

export const TONE_WORDS: Readonly<Record<Exclude<Tone, 'neutral' | 'light' | 'serious'>, ReadonlySet<string>>> = {
  humorous: words('laughter laughs laughing haha joke jokes joking kidding hilarious funny silly comedian ridiculous'),
  dramatic: words(
    'suddenly scream screamed terrified blood secret darkness gasped shadow desperate revenge betrayed chase',
  ),
  enthusiastic: words(
    'amazing awesome excited exciting incredible fantastic wonderful thrilled brilliant delighted super love',
  ),
  critical: words(
    'wrong failed failure irresponsible dishonest criticism criticise criticize objection disagree misleading scandal blame unfair careless',
  ),
  sombre: words(
    'death died dead murder grief funeral mourning grave buried victim victims tragedy killed widow bereaved sorrow loss',
  ),
  tender: words('heart tears dream lullaby kiss darling gentle gently goodbye hold lonely home tonight love miss'),
}

/** Tones that the wording speaks for, best first; `neutral` where nothing stands out. English words only. */
export function measureTone(reading: Reading, speech: Speech, format: Format | undefined): Measured<Tone>[] {
  if (speech.words < 30) return []
  const rate = (tone: keyof typeof TONE_WORDS): number => speech.rate(TONE_WORDS[tone])
  const say = (value: Tone, score: number, what: string): Measured<Tone> => ({ value, score, because: what })
  const counted = (tone: keyof typeof TONE_WORDS): string =>
    `${Math.round(rate(tone) * 10) / 10} ${tone} words in 1,000`
  const isTold = format === 'narrative' || format === 'reading'
  const found = [
    say('humorous', 0.8 * ramp(rate('humorous'), 2, 7), counted('humorous')),
    say('dramatic', (isTold ? 0.75 : 0.4) * ramp(rate('dramatic'), 1, 5), counted('dramatic')),
    say('enthusiastic', 0.75 * ramp(rate('enthusiastic') + speech.exclamations / 2, 2.5, 8), counted('enthusiastic')),
    say('critical', 0.7 * ramp(rate('critical'), 2, 6), counted('critical')),
    say('sombre', 0.8 * ramp(rate('sombre'), 3, 9), counted('sombre')),
    say('tender', (reading.kind === 'song' ? 0.75 : 0.35) * ramp(rate('tender'), 4, 14), counted('tender')),
    say('light', 0.6 * ramp(rate('humorous') + speech.exclamations / 3, 1, 3), 'some laughter and exclamations'),
    say(
      'serious',
      format === 'lecture' || format === 'meeting' ? 0.45 : 0.3,
      'it explains or deliberates, and hardly jokes',
    ),
    say('neutral', format === 'news' ? 0.7 : 0.4, format === 'news' ? 'it reports' : 'no other manner stands out'),
  ]
  return found.filter(({ score }) => score >= 0.3).sort((a, b) => b.score - a.score || (a.value < b.value ? -1 : 1))
}

const CHILDHOOD = words(
  'mother mummy daddy granny grandmother giggle giggled tail whiskers puddle jam biscuit saucepans pocket naughty funny heron dragon fairy rabbit bear mouse castle princess wizard witch toys playground bedtime pirate ferry whistle string',
)
const CHILD_TITLE = /\b(?:for (?:kids|children)|children['’]s|kids|bedtime|fairy tale|nursery|ages? \d)/i
export const JARGON = words(
  'protocol algorithm implementation transaction transactions cryptographic repository latency parameter parameters compiler node nodes clinical pharmacology jurisdiction statutory liquidity derivatives methodology bandwidth api schema kernel regression stakeholders deliverable utxo mempool hash bytes script opcode wallet',
)

/** Whom the wording is for, best first; `general` where nothing stands out. */
export function measureAudience(reading: Reading, speech: Speech): Measured<Audience>[] {
  if (speech.words < 30) return []
  const jargon = speech.rate(JARGON)
  const isNamedForChildren = CHILD_TITLE.test(`${reading.title} ${reading.description}`)
  const sentence = speech.words / Math.max(1, speech.sentences)
  const childish = ramp(speech.rate(CHILDHOOD), 3, 14) * ramp(sentence, 16, 11) * (speech.speakers > 1 ? 0.3 : 1)
  const isHarsh = speech.profanity.strong >= 3 || speech.rate(TONE_WORDS.sombre) >= 8
  const told = (value: Audience, score: number, because: string): Measured<Audience> => ({ value, score, because })
  const rate = Math.round(jargon * 10) / 10
  const found = [
    told(
      'children',
      isHarsh
        ? 0
        : Math.max(isNamedForChildren ? 0.85 : 0, (reading.kind === 'audiobook_chapter' ? 0.85 : 0.5) * childish),
      isNamedForChildren ? 'title or description name children' : 'short sentences and the words of children’s stories',
    ),
    told('professionals', 0.75 * ramp(jargon, 8, 25), `${rate} technical terms in 1,000 words`),
    told('enthusiasts', 0.55 * ramp(jargon, 3, 9), `${rate} technical terms in 1,000 words`),
    told(
      'adults',
      0.7 * Math.max(ramp(speech.profanity.strong, 1, 6), 0.8 * ramp(speech.rate(TONE_WORDS.sombre), 5, 10)),
      'strong language or violent events',
    ),
    told('general', 0.45, 'neither technical nor for an age'),
  ]
  return found.filter(({ score }) => score >= 0.3).sort((a, b) => b.score - a.score || (a.value < b.value ? -1 : 1))
}
