import type { Keyphrase } from '../phrases/keyphrases.ts'
import { isContentWord, stem, wordsOf } from '../phrases/stopwords.ts'
import { sentencesIn } from '../reading/spoken-sentences.ts'
import { readable, withoutMarks } from '../reading/transcriber-marks.ts'
import { capitalised, isShortPhrase, LONGEST_WELCOME, phraseTitle, type Stretch } from './chapter-phrases.ts'

const WELCOME =
  /\b(?:welcome|hello|hi|hey|good (?:morning|afternoon|evening)|my name is|i['’]m your host|joined by|live from|today we|this is)\b/i
const FAREWELL =
  /\b(?:thank you (?:so much|very much|all|everyone|for)|thanks (?:so much|for|everyone|again)|thank you|bye|see you|next time|that['’]s it for|until next)\b/i
// What people say to introduce themselves or others.
const PRESENTING =
  /\b(?:welcome|my name is|i['’]m (?:the|a|an|\p{Lu}\p{Ll}+)\b|i am (?:the|a|an)\b|i work (?:at|on|for|with)|introduce (?:yourself|myself|himself|herself|ourselves)|our (?:guests?|panel))/giu
// Leaves out `What about the others?` and `What the others do?`.
const QUESTION =
  /^(?:(?:what|how)(?! (?:about|the|a|an|if)\b)|why|who|where|when|which|is|are|do|does|can|could|should|will)\b/i
const LEAD =
  /^(?:(?:so|and|but|okay|ok|yeah|well|now|right|alright|all right|then|like|i mean|you know|cool|great|uh|um|first|maybe)[,.]?\s+)+/i
const POINTING =
  /\b(?:that|this|it|those|these|them|he|she|they|there|here|his|her|you guys|we|me|my|mine|talking|talk|mean|say|saying|said)\b/i
const FILLER = /\b(?:maybe|first of all|um+|uh+|er|you know|i mean|kind of|sort of|like,|actually|basically)\b/i

/** A short question near the start of a stretch. It can be understood by itself, and it asks about the subject of the stretch. */
function question(
  { text }: Stretch,
  keyphrases: readonly Keyphrase[],
  used: ReadonlySet<string>,
  itemTitle: string,
): string | null {
  const times = new Map<string, number>()
  for (const word of wordsOf(withoutMarks(text)).map(stem)) times.set(word, (times.get(word) ?? 0) + 1)
  const often = [...times].flatMap(([word, count]) => (count > 2 ? word : []))
  const told = [...keyphrases.map(({ phrase }) => phrase), itemTitle]
  const subjects = new Set([...told.flatMap((phrase) => wordsOf(phrase).map(stem)), ...often])
  const opening = text.slice(0, 900)
  for (const { start, end } of sentencesIn(opening)) {
    const raw = readable(opening.slice(start, end))
    if (!raw.endsWith('?')) continue
    const asked = raw.replace(LEAD, '').replace(/^.*?[,;]\s+(?=(?:what|how|why)\b)/i, '')
    const words = wordsOf(asked)
    const isFit =
      QUESTION.test(asked) &&
      words.length >= 3 &&
      words.length <= 9 &&
      !POINTING.test(asked) &&
      !FILLER.test(asked) &&
      !/[,;:]/.test(asked) &&
      // Leaves out a stutter such as `What what's the difference`.
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

/** Says whether the first stretch of an item welcomes and introduces, instead of beginning with its first subject. */
export function isOpening(text: string, words: number): boolean {
  if (words < LONGEST_WELCOME && WELCOME.test(text.slice(0, 600))) return true
  return words < 1000 && (text.match(PRESENTING)?.length ?? 0) >= 3
}

// True if a stretch is only a farewell.
function isFarewell({ isLast, isOpening, words, text }: Stretch, keyphrases: readonly Keyphrase[]): boolean {
  if (!isLast || isOpening || words > 320 || !FAREWELL.test(text.slice(-400))) return false
  return !keyphrases.some(({ phrase, count }) => isShortPhrase(phrase) && count > 2)
}

/**
 * A title as a person would give it, of 1-7 words. It is a short question that opens the stretch. If there is none, it is the most telling
 * phrase in sentence case, or two phrases that matter alike. A stretch that only welcomes or says goodbye is called `Welcome` or `Closing
 * words`. `used` holds the titles of other chapters in lower case.
 */
export function titleOf(
  stretch: Stretch,
  keyphrases: readonly Keyphrase[],
  used: ReadonlySet<string>,
  itemTitle: string,
): string {
  if (stretch.isEnglish && isFarewell(stretch, keyphrases) && !used.has('closing words')) return 'Closing words'
  const asked = stretch.isEnglish ? question(stretch, keyphrases, used, itemTitle) : null
  return asked ?? phraseTitle(stretch, keyphrases, used, itemTitle)
}
