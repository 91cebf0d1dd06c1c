import type { ATTRIBUTES } from '../../content/labels/attribute-label.ts'
import type { Reading } from '../reading/reading.ts'
import { profanityIn } from '../suitability/profanity.ts'
import { type Cues, wordsAmong } from './attribute-evidence.ts'
import { type Format, type Measured, NEWS, ramp } from './item-format.ts'
import type { Speech } from './speech-measures.ts'

type Tone = (typeof ATTRIBUTES.tone)[number]
type Audience = (typeof ATTRIBUTES.audience)[number]

/** A value, with what shows it in a sentence. */
export interface EvidencedValue<Value extends string> extends Measured<Value> {
  cues: Cues
}

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '))

const TONE_WORDS: Readonly<Record<Exclude<Tone, 'light'>, ReadonlySet<string>>> = {
  neutral: words('means because example instance called reason allows depends therefore difference'),
  serious: words(
    'problem problems risk risks issue issues concern concerns concerned important serious seriously decision decisions decide decided must threat danger dangerous responsibility careful consequences urgent crisis worry worried',
  ),
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

/**
 * The tones that the wording supports, best first. There is none if the wording shows no manner. An item is not `neutral` because nothing
 * else stands out: it is `neutral` if it explains and reports. For English only.
 */
export function measureTone(reading: Reading, speech: Speech, format: Format | undefined): EvidencedValue<Tone>[] {
  if (speech.words < 30) return []
  const rate = (tone: keyof typeof TONE_WORDS): number => speech.rate(TONE_WORDS[tone])
  const say = (value: Tone, score: number, because: string, cues: Cues): EvidencedValue<Tone> => ({
    value,
    score,
    because,
    cues,
  })
  const counted = (value: keyof typeof TONE_WORDS, score: number, manner: string = value): EvidencedValue<Tone> =>
    say(value, score, `${Math.round(rate(value) * 10) / 10} ${manner} words in 1,000`, wordsAmong(TONE_WORDS[value]))
  const isTold = format === 'narrative' || format === 'reading'
  const grave = 1 - ramp(rate('humorous'), 1, 4)
  const cheered = (tone: keyof typeof TONE_WORDS): Cues => {
    const cues = wordsAmong(TONE_WORDS[tone])
    return (sentence) => cues(sentence) + (sentence.match(/!/g)?.length ?? 0)
  }
  const found = [
    counted('humorous', 0.8 * ramp(rate('humorous'), 2, 7)),
    counted('dramatic', (isTold ? 0.75 : 0.4) * ramp(rate('dramatic'), 1, 5)),
    {
      ...counted('enthusiastic', 0.75 * ramp(rate('enthusiastic') + speech.exclamations / 2, 2.5, 8)),
      cues: cheered('enthusiastic'),
    },
    counted('critical', 0.7 * ramp(rate('critical'), 2, 6)),
    counted('sombre', 0.8 * ramp(rate('sombre'), 3, 9)),
    counted('tender', (reading.kind === 'song' ? 0.75 : 0.35) * ramp(rate('tender'), 4, 14)),
    say(
      'light',
      0.6 * ramp(rate('humorous') + speech.exclamations / 3, 1, 3),
      'some laughter and exclamations',
      cheered('humorous'),
    ),
    counted('serious', 0.65 * grave * ramp(rate('serious'), 1.5, 5), 'weighing'),
    format === 'news'
      ? say('neutral', 0.7, 'it reports', wordsAmong(NEWS))
      : counted('neutral', 0.6 * grave * ramp(rate('neutral'), 2, 7), 'explaining'),
  ]
  return found.filter(({ score }) => score >= 0.3).sort((a, b) => b.score - a.score || (a.value < b.value ? -1 : 1))
}

const CHILDHOOD = words(
  'mother mummy daddy granny grandmother giggle giggled tail whiskers puddle jam biscuit saucepans pocket naughty funny heron dragon fairy rabbit bear mouse castle princess wizard witch toys playground bedtime pirate ferry whistle string',
)
// What people say to listeners who do not know the subject yet.
const LAY =
  /\b(?:in other words|simply put|put simply|in (?:simple|plain|lay(?:man['’]?s)?|everyday) (?:terms|words|english|language)|for (?:those|people|anyone|everyone|listeners|beginners|everybody)(?: of you)? (?:who|that|listening|new)|if you(?:['’]ve| have) never|think of (?:it|this|that|them) (?:as|like)|stands for|(?:so|but|and|okay,?) what (?:is|are) (?:a|an|the)\b|imagine (?:that|a|an|you|if)|explain (?:what|how|why)|what (?:that|this|it) means|no (?:prior|previous) knowledge)\b/gi
export const CHILD_TITLE = /\b(?:for (?:kids|children)|children['’]s|kids|bedtime|fairy tale|nursery|ages? \d)/i
const JARGON = words(
  'protocol algorithm implementation transaction transactions cryptographic repository latency parameter parameters compiler node nodes clinical pharmacology jurisdiction statutory liquidity derivatives methodology bandwidth api schema kernel regression stakeholders deliverable utxo mempool hash bytes script opcode wallet',
)

const isLay: Cues = (sentence) => sentence.match(LAY)?.length ?? 0

/** The audiences that the wording is meant for, best first. There is none if nothing shows it. For English only. */
export function measureAudience(reading: Reading, speech: Speech): EvidencedValue<Audience>[] {
  if (speech.words < 30) return []
  const jargon = speech.rate(JARGON)
  const lay = (1000 * isLay(reading.text)) / speech.words
  const isNamedForChildren = CHILD_TITLE.test(`${reading.title} ${reading.description}`)
  const sentence = speech.words / Math.max(1, speech.sentences)
  const childish = ramp(speech.rate(CHILDHOOD), 3, 14) * ramp(sentence, 16, 11) * (speech.speakers > 1 ? 0.3 : 1)
  const isHarsh = speech.profanity.strong >= 3 || speech.rate(TONE_WORDS.sombre) >= 8
  const told = (value: Audience, score: number, because: string, cues: Cues): EvidencedValue<Audience> => ({
    value,
    score,
    because,
    cues,
  })
  const figure = (rate: number): number => Math.round(rate * 10) / 10
  const violent = wordsAmong(TONE_WORDS.sombre)
  const found = [
    told(
      'children',
      isHarsh
        ? 0
        : Math.max(isNamedForChildren ? 0.85 : 0, (reading.kind === 'audiobook_chapter' ? 0.85 : 0.5) * childish),
      isNamedForChildren ? 'title or description name children' : 'short sentences and the words of children’s stories',
      wordsAmong(CHILDHOOD),
    ),
    told(
      'professionals',
      0.75 * ramp(jargon, 8, 25),
      `${figure(jargon)} technical terms in 1,000 words`,
      wordsAmong(JARGON),
    ),
    told(
      'enthusiasts',
      0.55 * ramp(jargon, 3, 9),
      `${figure(jargon)} technical terms in 1,000 words`,
      wordsAmong(JARGON),
    ),
    told(
      'adults',
      0.7 * Math.max(ramp(speech.profanity.strong, 1, 6), 0.8 * ramp(speech.rate(TONE_WORDS.sombre), 5, 10)),
      'strong language or violent events',
      (words) => violent(words) + profanityIn(words).filter(({ strength }) => strength === 'strong').length,
    ),
    told(
      'general',
      0.55 * ramp(lay, 0.2, 0.8) * (1 - 0.5 * ramp(jargon, 4, 9)),
      `${figure(lay)} times in 1,000 words it explains itself to those who do not know`,
      isLay,
    ),
  ]
  return found.filter(({ score }) => score >= 0.3).sort((a, b) => b.score - a.score || (a.value < b.value ? -1 : 1))
}
