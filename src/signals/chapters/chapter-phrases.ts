import { clipAround } from '../claims/claim-sentences.ts'
import { isAdverbOrAdjective, isVerb } from '../names/name-lexicon.ts'
import type { Keyphrase } from '../phrases/keyphrases.ts'
import { FUNCTION_WORDS, isContentWord, SPEECH_WORDS, stem, wordsOf } from '../phrases/stopwords.ts'
import { readable } from '../reading/transcriber-marks.ts'

/** What a title is made for: a stretch of the text, and where it stands. */
export interface Stretch {
  text: string
  words: number
  /** Begins the item and welcomes or introduces, see {@link isOpening}. */
  isOpening: boolean
  isLast: boolean
  isEnglish: boolean
}

export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** Whether a phrase can be a title, or a part of one. */
export const isShortPhrase = (phrase: string): boolean => {
  const words = wordsOf(phrase)
  const ends = [words[0] ?? '', words.at(-1) ?? '']
  if (words.length === 0 || ends.some((word) => FUNCTION_WORDS.has(word) || SPEECH_WORDS.has(word))) return false
  // `script scripts`, `re recording`: said twice, or begun twice. `hit F_`: letters of a spelling that was cut.
  const isStuttered = words.some((word, i) => words.slice(i + 1).some((later) => later.startsWith(stem(word))))
  if (isStuttered || /(?:^|\s)\p{L}_(?:\s|$)/u.test(phrase)) return false
  // `Colourful`, `According`: how something is, not what.
  return (
    words.length > 1 ||
    (/\p{Lu}/u.test(phrase) && !ITEM.test(phrase)) ||
    !(isAdverbOrAdjective(phrase) || isPlainVerb(phrase) || MANNER.test(phrase) || ITEM.test(phrase))
  )
}

// What an item is, not what it is about.
const ITEM =
  /^(?:podcasts?|episodes?|shows?|interviews?|conversations?|discussions?|meetings?|presentations?|sessions?|panels?|guests?|hosts?|projects?|mornings?|afternoons?|evenings?|agenda|minutes|slides?|introductions?)$/i
const MANNER = /(?:ful|ous|less|able|ible)$|^according$/i
const isPlainVerb = (word: string): boolean => isVerb(word) && !/(?:ing|s)$/.test(word)

// What carries a title by itself: more than one word, or a name.
const isStrong = (phrase: string): boolean => /\s/.test(phrase) || /\p{Lu}/u.test(phrase)

function shares(a: string, b: string): boolean {
  const stems = new Set(wordsOf(a).map(stem))
  return wordsOf(b).some((word) => stems.has(stem(word)))
}

// A stretch without a telling phrase is called by its first words.
const firstWords = (text: string): string => clipAround(readable(text.trim().split('\n')[0] ?? ''), 0, 60) || '…'

/** A longer opening is no mere welcome, whatever it begins with. */
export const LONGEST_WELCOME = 420
/** What an item says so often is what it is about. */
const COMES_BACK = 4

const isUsed = (phrase: string, used: ReadonlySet<string>): boolean =>
  [...used].some((title) => ` ${title} `.includes(` ${readable(phrase).toLowerCase()} `))

/** The title that a stretch's keyphrases make, best first; `Welcome` for a short opening that announces nothing. */
export function phraseTitle(
  stretch: Stretch,
  keyphrases: readonly Keyphrase[],
  used: ReadonlySet<string>,
  itemTitle: string,
): string {
  const fresh = keyphrases.filter(({ phrase }) => isShortPhrase(phrase) && !isUsed(phrase, used))
  const about = stretch.isOpening ? announced(fresh, itemTitle) : []
  if (stretch.isOpening && about.length === 0 && stretch.words < LONGEST_WELCOME && !used.has('welcome'))
    return 'Welcome'
  const often = fresh.filter((each) => each.count > 1 || stretch.words < 200)
  // A lone word that stands as often elsewhere tells nothing apart.
  const apart = often.filter(({ phrase, lift }) => /\s/.test(phrase) || lift > 1.5)
  const pool = [about, apart, often, fresh].find((some) => some.length > 0) ?? []
  const [top] = pool
  if (top === undefined) return capitalised(firstWords(stretch.text))
  const best = whole(top, pool)
  const second = stretch.isEnglish ? beside(best, isStrong(best.phrase) ? pool : [...pool, ...often]) : undefined
  return capitalised(readable(second === undefined ? best.phrase : `${best.phrase} and ${second.phrase}`))
}

/**
 * What an opening announces: phrases that the item comes back to, first those that its title names; best first. A lone
 * word counts where the title names it, or where it stands far oftener than elsewhere.
 */
function announced(keyphrases: readonly Keyphrase[], itemTitle: string): Keyphrase[] {
  const heads = titleHeads(itemTitle)
  const named = (phrase: string): boolean => wordsOf(phrase).some((word) => heads.has(stem(word)))
  return keyphrases
    .filter(({ phrase, count, everywhere, lift }) => {
      if (/\s/.test(phrase)) return everywhere >= COMES_BACK - 1
      return everywhere >= COMES_BACK && (named(phrase) || (count > 2 && lift > 3))
    })
    .map((each) => ({ ...each, score: each.score * (named(each.phrase) ? 2 : 1) }))
    .sort((a, b) => b.score - a.score)
}

/** Words of a title that no other word of substance goes on from: of `Bitcoin Core, explained` not `Bitcoin`. */
function titleHeads(title: string): ReadonlySet<string> {
  const heads = [...title.matchAll(/[\p{L}\p{N}_'’-]+(?:(?= ([\p{L}\p{N}_'’-]+))|(?![\p{L}\p{N}_'’+-]))/gu)].flatMap(
    ([word, next]) =>
      next === undefined || /^(?:and|or|vs|with|without|in|on|of|for|to|from|by|at|as|is|are)$/i.test(next) ? word : [],
  )
  return new Set(wordsOf(heads.join(' ')).filter(isContentWord).map(stem))
}

/** `ID` gives way to the `transaction IDs` that it is short for. */
function whole(best: Keyphrase, pool: readonly Keyphrase[]): Keyphrase {
  if (/\s/.test(best.phrase)) return best
  return (
    pool.find(({ phrase, score }) => /\s/.test(phrase) && shares(phrase, best.phrase) && score > 0.4 * best.score) ??
    best
  )
}

/** Another phrase that matters as much as the best: of other words, and of like strength. One word alone takes a weaker one. */
function beside(best: Keyphrase, pool: readonly Keyphrase[]): Keyphrase | undefined {
  if (/ and /.test(best.phrase)) return undefined
  const room = 7 - wordsOf(best.phrase).length - 1
  const [least, share] = isStrong(best.phrase) ? [0.85, 0.5] : [0.4, 0.3]
  const others = pool.filter(
    (each) =>
      each !== best &&
      (isStrong(each.phrase) || !isStrong(best.phrase)) &&
      wordsOf(each.phrase).length <= room &&
      !shares(best.phrase, each.phrase) &&
      !best.phrase.toLowerCase().includes(each.phrase.toLowerCase()) &&
      !/ and /.test(each.phrase),
  )
  return (
    others.find(({ score, count }) => score >= least * best.score && count >= share * best.count) ??
    others.find((each) => explains(each, best))
  )
}

/** `Tor` alone says less than `Tor and onion address`: a phrase of several words that comes back, and mostly here, goes with a lone name. */
function explains({ phrase, score, count, everywhere }: Keyphrase, name: Keyphrase): boolean {
  if (/\s/.test(name.phrase) || !isStrong(name.phrase) || !/\s/.test(phrase)) return false
  const [word = ''] = wordsOf(name.phrase)
  // Not `ID and transaction IDs`.
  const repeats = wordsOf(phrase).some((each) => each.startsWith(word))
  return !repeats && score >= 0.55 * name.score && count > 1 && everywhere <= 2 * count
}
