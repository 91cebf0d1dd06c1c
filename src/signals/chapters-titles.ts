import { clipAround } from './claims-sentences.ts'
import type { Keyphrase } from './keyphrases.ts'
import { FUNCTION_WORDS, isContentWord, SPEECH_WORDS, stem, wordsOf } from './keyphrases-stopwords.ts'
import { isAdverbOrAdjective, isVerb } from './names-lexicon.ts'
import { sentencesIn } from './sentences.ts'

/** What a title is made from: the stretch's text, its keyphrases, best first, and where it stands. */
export interface Stretch {
  text: string
  words: number
  keyphrases: readonly Keyphrase[]
  isFirst: boolean
  isLast: boolean
  isEnglish: boolean
}

const WELCOME =
  /\b(?:welcome|hello|hi|hey|good (?:morning|afternoon|evening)|my name is|i['’]m your host|joined by|live from|today we|this is)\b/i
const FAREWELL =
  /\b(?:thank you (?:so much|very much|all|everyone|for)|thanks (?:so much|for|everyone|again)|thank you|bye|see you|next time|that['’]s it for|until next)\b/i
// People who say who they are.
const PRESENTING =
  /\b(?:welcome|my name is|i['’]m (?:the|a|an|\p{Lu}\p{Ll}+)\b|i am (?:the|a|an)\b|i work (?:at|on|for|with)|introduce (?:yourself|myself|himself|herself|ourselves)|our (?:guests?|panel))/giu
const QUESTION = /^(?:what|how|why|who|where|when|which|is|are|do|does|can|could|should|will)\b/i
const LEAD =
  /^(?:(?:so|and|but|okay|ok|yeah|well|now|right|alright|all right|then|like|i mean|you know|cool|great|uh|um|first|maybe)[,.]?\s+)+/i
const POINTING = /\b(?:that|this|it|those|these|them|he|she|they|there|here|his|her|you guys|we)\b/i
const FILLER = /\b(?:maybe|first of all|um+|uh+|er|you know|i mean|kind of|sort of|like,|actually|basically)\b/i

export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** A short question asked at the start of a stretch that stands on its own and asks for what the stretch is about. */
function question(stretch: Stretch, used: ReadonlySet<string>, itemTitle: string): string | null {
  const told = [...stretch.keyphrases.map(({ phrase }) => phrase), itemTitle]
  const subjects = new Set(told.flatMap((phrase) => wordsOf(phrase).map(stem)))
  for (const { start, end } of sentencesIn(stretch.text.slice(0, 900))) {
    const raw = stretch.text.slice(start, end)
    if (!raw.endsWith('?')) continue
    const asked = raw
      .replace(/\s+\?$/, '?')
      .replace(LEAD, '')
      .replace(/^.*?[,;]\s+(?=(?:what|how|why)\b)/i, '')
    const words = wordsOf(asked)
    const isFit =
      QUESTION.test(asked) &&
      words.length >= 3 &&
      words.length <= 9 &&
      !POINTING.test(asked) &&
      !FILLER.test(asked) &&
      !/[,;:]/.test(asked) &&
      // A stutter: `What what's the difference`.
      !words.some((word, i) => i > 0 && word.split("'")[0] === words[i - 1]?.split("'")[0])
    if (
      isFit &&
      words.some((word) => isContentWord(word) && subjects.has(stem(word))) &&
      !used.has(asked.toLowerCase())
    )
      return capitalised(asked)
  }
  return null
}

// `mm-hmm`, and spelt letters as some transcribers write them: `R_S_I_`.
const isSound = (word: string): boolean => /_$/.test(word) || /^(?:m+|u+h+|h+m+|e+r+m?|o+h+)(?:-|$)/.test(word)

const isShortPhrase = (phrase: string): boolean => {
  const words = wordsOf(phrase)
  const ends = [words[0] ?? '', words.at(-1) ?? '']
  if (words.length === 0 || ends.some((word) => FUNCTION_WORDS.has(word) || SPEECH_WORDS.has(word))) return false
  // `script scripts`, `meeting meetings`: said twice, not two things.
  if (words.some(isSound) || new Set(words.map(stem)).size < words.length) return false
  // `Colourful`, `According`: how something is, not what.
  return (
    words.length > 1 ||
    /\p{Lu}/u.test(phrase) ||
    !(isAdverbOrAdjective(phrase) || isPlainVerb(phrase) || MANNER.test(phrase))
  )
}

const MANNER = /(?:ful|ous|less|able|ible)$|^according$/i
const isPlainVerb = (word: string): boolean => isVerb(word) && !/(?:ing|s)$/.test(word)

// The second half of a title carries weight of its own: more than one word, or a name.
const isStrong = (phrase: string): boolean => /\s/.test(phrase) || /\p{Lu}/u.test(phrase)

function shares(a: string, b: string): boolean {
  const stems = new Set(wordsOf(a).map(stem))
  return wordsOf(b).some((word) => stems.has(stem(word)))
}

// A stretch without a telling phrase is called by its first words.
const firstWords = (text: string): string => clipAround(text.trim().split('\n')[0] ?? '', 0, 60) || '…'

// What the wording of a stretch gives away: a welcome, a farewell, the question that it answers.
function spoken(stretch: Stretch, used: ReadonlySet<string>, itemTitle: string): string | null {
  const { isFirst, isLast, words, text } = stretch
  if (isFirst && !isLast && words < 420 && WELCOME.test(text.slice(0, 600))) return 'Introduction'
  if (isFirst && !isLast && words < 1000 && (text.match(PRESENTING)?.length ?? 0) >= 3) return 'Introduction'
  if (isLast && !isFirst && words < 320 && FAREWELL.test(text.slice(-400))) return 'Closing words'
  return question(stretch, used, itemTitle)
}

function fromPhrases(stretch: Stretch, used: ReadonlySet<string>): string {
  const phrases = stretch.keyphrases.filter(
    ({ phrase, count }) => isShortPhrase(phrase) && (count > 1 || stretch.words < 200),
  )
  const fresh = phrases.filter(({ phrase }) => ![...used].some((title) => title.includes(phrase.toLowerCase())))
  const pool = fresh.length > 0 ? fresh : phrases
  const [top] = pool
  const best = pool.find(({ phrase, score }) => isStrong(phrase) && score > 0.5 * (top?.score ?? 0)) ?? top
  const rest = pool.filter((each) => each !== best)
  if (best === undefined) {
    const any = stretch.keyphrases.find(({ phrase }) => isShortPhrase(phrase)) ?? stretch.keyphrases[0]
    return capitalised(any?.phrase ?? firstWords(stretch.text))
  }
  const room = 7 - wordsOf(best.phrase).length - 1
  const second = rest
    .slice(0, 5)
    .find(
      ({ phrase, score }) =>
        score > 0.45 * best.score &&
        (isStrong(phrase) || !isStrong(best.phrase)) &&
        wordsOf(phrase).length <= room &&
        !shares(best.phrase, phrase) &&
        !/ and /.test(phrase + best.phrase),
    )
  return capitalised(second === undefined || !stretch.isEnglish ? best.phrase : `${best.phrase} and ${second.phrase}`)
}

/**
 * A title as a person would give it: `Introduction` for a short welcome, a short question that opens the stretch, else
 * its one or two most telling phrases in sentence case, 1-7 words. `used` holds titles of earlier chapters in lower case.
 */
export function titleOf(stretch: Stretch, used: ReadonlySet<string>, itemTitle = ''): string {
  const asked = stretch.isEnglish ? spoken(stretch, used, itemTitle) : null
  if (asked !== null) return asked
  return fromPhrases(stretch, used)
}
