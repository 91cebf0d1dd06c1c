import type { SegmentSentence } from '../claims/claim-sentences.ts'
import { FUNCTION_WORDS, GENERAL_WORDS, SPEECH_WORDS } from '../phrases/stopwords.ts'
import { COUNTRY_LETTERS, FOUNDERS, HONORIFICS, ORGANISATION_HEADS, PLAIN_ACRONYMS } from './gazetteer.ts'
import { isCalendarOrPeople, isCommonWord, isFamilyName, isGivenName, isMonth } from './name-lexicon.ts'
import { titlesBefore } from './name-titles.ts'
import { isTechnical, type Token } from './name-tokens.ts'

/** A run of capitalised words that may be a name, with its place in its sentence. */
export interface NameRun {
  surface: string
  words: readonly string[]
  sentence: SegmentSentence
  /** UTF-16 offsets into the transcript's text. */
  start: number
  end: number
  initial: boolean
  /** The run together with the titles before it, as the text writes them: `Mrs. Lind`. Null if there are none. */
  titled: string | null
  /** The two words before and the one word after, in lower case. Empty at the edges of a sentence and beyond punctuation. */
  before: readonly string[]
  after: string
  quoted: boolean
  /** The capitalised words beyond a comma on both sides. A town often stands beside its country like this. */
  beside: readonly string[]
}

/** Words that may stand inside a person's name, or before a family name: `Mr. von Holt`. */
const PARTICLES: ReadonlySet<string> = new Set('de van von der den del della di du la le el al da dos zu'.split(' '))
const LINKS: ReadonlySet<string> = new Set([...PARTICLES, 'of', 'bin', 'ibn', 'the', 'for', 'y', 'auf'])

// Sounds that people make before and between words: `Mm-hmm`, `Uh-huh`, `Ooh`.
const SOUND = /^(?:m{2,}|[hu]+m+|[aeou]+h+|[hn]u+h+)$/

export const isNoise = (lower: string): boolean =>
  FUNCTION_WORDS.has(lower.replaceAll('’', "'")) ||
  PLAIN_ACRONYMS.has(lower) ||
  lower.split('-').every((part) => SPEECH_WORDS.has(part) || SOUND.test(part))

/** How often each word occurs in small letters. A name never does; a common word does. */
export function lowerCounts(sentences: readonly Token[][]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const sentence of sentences)
    for (const { text, lower } of sentence) if (text === lower) counts.set(lower, (counts.get(lower) ?? 0) + 1)
  return counts
}

// `IV Corps`: a numeral begins a name if a name follows it. Alone it is noise.
function opensWithNumeral(token: Token, next: Token | undefined): boolean {
  return /^[IVX]{2,4}$/.test(token.text) && next?.capital === true && next.gap === ' '
}

// In `in the US`, `US` is a country and no pronoun, unless the word before it is also in capitals.
function isCountry({ text }: Token, before: Token | undefined): boolean {
  return COUNTRY_LETTERS.has(text) && !(before !== undefined && /^\p{Lu}{2,}$/u.test(before.text))
}

// No name has more words than this.
const LONGEST_NAME = 7
function isShouted(sentence: readonly Token[]): boolean {
  const long = sentence.filter(({ lower }) => lower.length > 3)
  return long.length >= 4 && long.filter(({ text }) => text === text.toUpperCase()).length > 0.7 * long.length
}

function continuesName(run: readonly Token[], left: Token, right: Token): boolean {
  if (left.possessive || (right.gap === ' & ' && run.length > 1 && run.some(({ text }) => isGivenName(text))))
    return false
  return (
    right.gap === ' ' ||
    right.gap === ' & ' ||
    (right.gap === '. ' && (left.text.length === 1 || HONORIFICS.has(left.lower)))
  )
}

/** Says whether a link word continues the name. `Bank of England` is one name. `Ada Byron of London` is two. */
function linkContinuesName(run: readonly Token[], link: readonly Token[], next: Token): boolean {
  const head = run.at(-1)
  if (head === undefined || next.text === next.lower) return false
  const words = link.map(({ lower }) => lower)
  if (words[0] === 'the') return false
  if (words[0] === 'for') return ORGANISATION_HEADS.has(head.lower)
  if (words[0] === 'of')
    return (
      !FOUNDERS.has(head.lower) &&
      !(run.length > 1 && run.some(({ lower }) => isGivenName(lower))) &&
      !isGivenName(head.lower)
    )
  return words.length === 1 || words.every((word) => word !== 'of')
}

// True for a date such as `November 1986` or `2 June`, which is no name.
function isDate(sentence: readonly Token[], at: number): boolean {
  const isNumber = (token: Token | undefined) => token !== undefined && /^\p{N}/u.test(token.text)
  const word = sentence[at]
  if (word === undefined || !isMonth(word.text)) return false
  const isGiven = /^(?:April|May|June|August)$/.test(word.text)
  return (
    !isGiven ||
    isNumber(sentence[at + 1]) ||
    isNumber(sentence[at - 1]) ||
    /^(?:in|of|by|since|until|last|next)$/.test(sentence[at - 1]?.lower ?? '')
  )
}

function continues(sentence: readonly Token[], at: number, run: readonly Token[]): number {
  const last = run.at(-1)
  const next = sentence[at]
  if (last === undefined || next === undefined || !continuesName(run, last, next)) return 0
  if (isDate(sentence, at)) return 0
  if (next.capital && !isNoise(next.lower)) return 1
  if (/^\p{N}+(?:\.\p{N}+)*$/u.test(next.text) && next.text.length <= 5) return 1
  for (const span of [1, 2]) {
    const link = sentence.slice(at, at + span)
    const after = sentence[at + span]
    if (!link.every(({ lower, text }) => LINKS.has(lower) && text === lower) || after === undefined) return 0
    const tight = link.slice(1).every(({ gap }) => gap === ' ') && after.gap === ' '
    if (tight && after.capital && !isNoise(after.lower)) return linkContinuesName(run, link, after) ? span + 1 : 0
  }
  return 0
}

function runFrom(sentence: readonly Token[], from: number): Token[] {
  const run = sentence.slice(from, from + 1)
  for (let at = from + 1, more = continues(sentence, at, run); more > 0; more = continues(sentence, at, run)) {
    run.push(...sentence.slice(at, at + more))
    at += more
  }
  return run
}

/**
 * All runs of capitalised words in the sentences. Headlines, and sentences in capitals throughout, are skipped, because capitals say
 * nothing about names there.
 */
export function runsOf(sentences: readonly SegmentSentence[], cut: readonly Token[][]): NameRun[] {
  const runs: NameRun[] = []
  for (const [i, sentence] of sentences.entries()) {
    const words = cut[i] ?? []
    if (isShouted(words)) continue
    for (let at = 0; at < words.length; at++) {
      const token = words[at]
      if (token === undefined || !(token.capital || isTechnical(token.text))) continue
      if (isDate(words, at)) continue
      if (isNoise(token.lower) && !opensWithNumeral(token, words[at + 1]) && !isCountry(token, words[at - 1])) continue
      const run = runFrom(words, at)
      if (run.length <= LONGEST_NAME) runs.push(...toRun(run, words, at, sentence))
      at += run.length - 1
    }
  }
  return runs
}

function toRun(run: readonly Token[], words: readonly Token[], at: number, sentence: SegmentSentence): NameRun[] {
  const skip = titlesBefore(run.map(({ lower }) => lower))
  const [head] = run
  const first = run[skip]
  const last = run.at(-1)
  if (head === undefined || first === undefined || last === undefined) return []
  const titled = skip > 0 ? sentence.text.slice(head.start, last.end) : null
  const next = words[at + run.length]
  const earlier = words.slice(Math.max(0, at - 2), at)
  const isNear = /^ $/.test(words[at]?.gap ?? '')
  const nameTokens = run.slice(skip)
  return [
    {
      surface: sentence.text.slice(first.start, last.end),
      words: nameTokens.map(({ text }) => text),
      sentence,
      start: sentence.start + first.start,
      end: sentence.start + last.end,
      initial: first.initial && titled === null,
      titled,
      before: isNear ? earlier.map(({ lower }) => lower) : [],
      after: last.possessive ? "'s" : next?.gap === ' ' ? next.lower : '',
      beside: [
        ...(next?.capital && next.gap === ', ' ? [next.text] : []),
        ...(words[at]?.gap === ', ' && words[at - 1]?.capital ? [words[at - 1]?.text ?? ''] : []),
      ],
      quoted: /[“"‘«„]\s*$/u.test(words[at]?.gap ?? '') && /^['’]?[,.]?[”"’»“]/u.test(sentence.text.slice(last.end)),
    },
  ]
}

/**
 * Some words of a run, as a run of their own. Its surface is cut from the text and is not joined from words. Titles that stand before the
 * whole run do not belong to a part of it.
 */
export function partOf(run: NameRun, from: number, to = run.words.length): NameRun | null {
  const places: { start: number; end: number }[] = []
  for (const word of run.words) {
    const start = run.surface.indexOf(word, places.at(-1)?.end ?? 0)
    places.push({ start, end: start + word.length })
  }
  const within = places.slice(from, to)
  const [first] = within
  const last = within.at(-1)
  if (first === undefined || last === undefined) return null
  return {
    ...run,
    words: run.words.slice(from, to),
    surface: run.surface.slice(first.start, last.end),
    start: run.start + first.start,
    end: run.start + last.end,
    initial: false,
    titled: within.length === run.words.length ? run.titled : null,
  }
}

// A name may begin with a particle if a title stands before it: `Mr. von Holt`. The name in `Minister of Works` is `Works`, not `of Works`.
function opensAmiss({ words: [word = ''], titled }: NameRun): boolean {
  return /^\p{N}/u.test(word) || (LINKS.has(word) && !(titled !== null && PARTICLES.has(word)))
}

/**
 * Decides about runs that begin a sentence. Their first word is no part of the name if it is a common word, or if the same text also writes
 * it in small letters. It stays if the whole run also stands inside some sentence.
 */
export function settleInitials(runs: readonly NameRun[], lower: ReadonlyMap<string, number>): NameRun[] {
  const surfacesInside = new Set(runs.filter(({ initial }) => !initial).map(({ surface }) => surface))
  return runs.flatMap((run) => {
    let settled: NameRun | null = run
    if (run.initial && !surfacesInside.has(run.surface)) {
      const word = run.words[0] ?? ''
      const small = word.toLowerCase()
      const isName = isGivenName(word) || isFamilyName(word) || isTechnical(word) || isCalendarOrPeople(word)
      const isCommon =
        isNoise(small) || GENERAL_WORDS.has(small) || (isCommonWord(word) && !isName) || (lower.get(small) ?? 0) > 0
      if (isCommon) settled = partOf(run, 1)
    }
    while (settled !== null && opensAmiss(settled)) settled = partOf(settled, 1)
    return settled === null ? [] : [settled]
  })
}
