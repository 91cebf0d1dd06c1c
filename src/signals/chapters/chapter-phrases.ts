import { clipAround } from '../claims/claim-sentences.ts'
import { isAdverbOrAdjective, isVerb } from '../names/name-lexicon.ts'
import type { Keyphrase } from '../phrases/keyphrases.ts'
import { FUNCTION_WORDS, isContentWord, SPEECH_WORDS, stem, wordsOf } from '../phrases/stopwords.ts'
import { readable } from '../reading/transcriber-marks.ts'

/** What a title is made for: a stretch of the text, and where the stretch stands. */
export interface Stretch {
  text: string
  words: number
  /** True if the stretch begins the item and welcomes or introduces. See {@link isOpening}. */
  isOpening: boolean
  isLast: boolean
  isEnglish: boolean
}

export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** Says whether a phrase can be a title, or a part of one. */
export const isShortPhrase = (phrase: string): boolean => {
  const words = wordsOf(phrase)
  const ends = [words[0] ?? '', words.at(-1) ?? '']
  if (words.length === 0 || ends.some((word) => FUNCTION_WORDS.has(word) || SPEECH_WORDS.has(word))) return false
  // A speaker repeats or restarts a word: `script scripts`, `re recording`. Letters are left from a spelling that was cut: `hit F_`.
  const isStuttered = words.some((word, i) => words.slice(i + 1).some((later) => later.startsWith(stem(word))))
  if (isStuttered || /(?:^|\s)\p{L}_(?:\s|$)/u.test(phrase)) return false
  // A single word such as `Colourful` or `According` says how something is, not what it is.
  return (
    words.length > 1 ||
    (/\p{Lu}/u.test(phrase) && !ITEM.test(phrase)) ||
    !(isAdverbOrAdjective(phrase) || isPlainVerb(phrase) || MANNER.test(phrase) || ITEM.test(phrase))
  )
}

// Words for what an item is, not for what it is about.
const ITEM =
  /^(?:podcasts?|episodes?|shows?|interviews?|conversations?|discussions?|meetings?|presentations?|sessions?|panels?|guests?|hosts?|projects?|mornings?|afternoons?|evenings?|agenda|minutes|slides?|introductions?)$/i
const MANNER = /(?:ful|ous|less|able|ible)$|^according$/i
const isPlainVerb = (word: string): boolean => isVerb(word) && !/(?:ing|s)$/.test(word)

// A phrase that can be a title by itself: it has more than one word, or it is a name.
const isStrong = (phrase: string): boolean => /\s/.test(phrase) || /\p{Lu}/u.test(phrase)

function shares(a: string, b: string): boolean {
  const stems = new Set(wordsOf(a).map(stem))
  return wordsOf(b).some((word) => stems.has(stem(word)))
}

// If a stretch has no telling phrase, its first words are its title.
const firstWords = (text: string): string => clipAround(readable(text.trim().split('\n')[0] ?? ''), 0, 60) || '…'

/** An opening with more words than this is more than a welcome, whatever its first words are. */
export const LONGEST_WELCOME = 420
/** An item is about a phrase that it repeats this often. */
const MIN_REPETITIONS = 4

const isUsed = (phrase: string, used: ReadonlySet<string>): boolean =>
  [...used].some((title) => ` ${title} `.includes(` ${readable(phrase).toLowerCase()} `))

/** The title that a stretch's keyphrases make. They come best first. It is `Welcome` for a short opening that announces nothing. */
export function phraseTitle(
  stretch: Stretch,
  keyphrases: readonly Keyphrase[],
  used: ReadonlySet<string>,
  itemTitle: string,
): string {
  const fresh = keyphrases.filter(({ phrase }) => isShortPhrase(phrase) && !isUsed(phrase, used))
  const about = stretch.isOpening ? announcedPhrases(fresh, itemTitle) : []
  if (stretch.isOpening && about.length === 0 && stretch.words < LONGEST_WELCOME && !used.has('welcome'))
    return 'Welcome'
  const often = fresh.filter((each) => each.count > 1 || stretch.words < 200)
  // A single word that is as frequent elsewhere does not distinguish the stretch.
  const apart = often.filter(({ phrase, lift }) => /\s/.test(phrase) || lift > 1.5)
  const pool = [about, apart, often, fresh].find((some) => some.length > 0) ?? []
  const [top] = pool
  if (top === undefined) return capitalised(firstWords(stretch.text))
  const best = longerPhrase(top, pool)
  const second = stretch.isEnglish ? secondPhrase(best, isStrong(best.phrase) ? pool : [...pool, ...often]) : undefined
  return capitalised(readable(second === undefined ? best.phrase : `${best.phrase} and ${second.phrase}`))
}

/**
 * What an opening announces: the phrases that the item comes back to. Phrases that the item's title names come first, then the best. A
 * single word counts only if the title names it, or if it is much more frequent here than elsewhere.
 */
function announcedPhrases(keyphrases: readonly Keyphrase[], itemTitle: string): Keyphrase[] {
  const heads = titleHeads(itemTitle)
  const named = (phrase: string): boolean => wordsOf(phrase).some((word) => heads.has(stem(word)))
  return keyphrases
    .filter(({ phrase, count, everywhere, lift }) => {
      if (/\s/.test(phrase)) return everywhere >= MIN_REPETITIONS - 1
      return everywhere >= MIN_REPETITIONS && (named(phrase) || (count > 2 && lift > 3))
    })
    .map((each) => ({ ...each, score: each.score * (named(each.phrase) ? 2 : 1) }))
    .sort((a, b) => b.score - a.score)
}

/** The words of a title that do not modify a following content word. In `Bitcoin Core, explained`, `Bitcoin` is not one of them. */
function titleHeads(title: string): ReadonlySet<string> {
  const heads = [...title.matchAll(/[\p{L}\p{N}_'’-]+(?:(?= ([\p{L}\p{N}_'’-]+))|(?![\p{L}\p{N}_'’+-]))/gu)].flatMap(
    ([word, next]) =>
      next === undefined || /^(?:and|or|vs|with|without|in|on|of|for|to|from|by|at|as|is|are)$/i.test(next) ? word : [],
  )
  return new Set(wordsOf(heads.join(' ')).filter(isContentWord).map(stem))
}

/** Replaces a single word by the longer phrase that it is short for, such as `ID` by `transaction IDs`. */
function longerPhrase(best: Keyphrase, pool: readonly Keyphrase[]): Keyphrase {
  if (/\s/.test(best.phrase)) return best
  return (
    pool.find(({ phrase, score }) => /\s/.test(phrase) && shares(phrase, best.phrase) && score > 0.4 * best.score) ??
    best
  )
}

/**
 * A second phrase that matters as much as the best one. It has other words and a similar score. If the best phrase is a single word, a
 * weaker phrase will do.
 */
function secondPhrase(best: Keyphrase, pool: readonly Keyphrase[]): Keyphrase | undefined {
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

/**
 * Says whether a phrase can stand beside a single name to explain it: `Tor and onion address` says more than `Tor` alone. The phrase has
 * several words, it is repeated, and most of its occurrences are here.
 */
function explains({ phrase, score, count, everywhere }: Keyphrase, name: Keyphrase): boolean {
  if (/\s/.test(name.phrase) || !isStrong(name.phrase) || !/\s/.test(phrase)) return false
  const [word = ''] = wordsOf(name.phrase)
  // Prevents titles like `ID and transaction IDs`.
  const repeats = wordsOf(phrase).some((each) => each.startsWith(word))
  return !repeats && score >= 0.55 * name.score && count > 1 && everywhere <= 2 * count
}
