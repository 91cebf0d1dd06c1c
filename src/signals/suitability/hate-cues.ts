import * as words from '../data/hostility.ts'
import { unveil, VEILED } from '../data/veiled.ts'
import { type Token, tokensIn } from '../reading/reading-words.ts'
import type { Sentence } from '../reading/spoken-sentences.ts'
import { profanityIn } from './profanity.ts'
import { type CueIndex, indexCues } from './suitability-cues.ts'

/** A sentence that attacks people for what they are. Offsets are in the text. */
export interface HateHit {
  start: number
  end: number
  /** 1 for a wish of harm or a slur in hostile use, 0.8 for contempt, 0.6 for a slur by itself. */
  weight: number
}

const index = (phrases: string): CueIndex => indexCues([{ weight: 1, not: [], phrases }])
const GROUPS = index(words.PROTECTED_GROUPS)
const ADJECTIVES = index(words.GROUP_ADJECTIVES)
const FEELINGS = index(words.HOSTILE_FEELINGS)
const JUDGEMENTS = index(words.HOSTILE_JUDGEMENTS)
const WISHES = index(words.HOSTILE_WISHES)
const OPPOSITION = index(words.OPPOSITION)
const NEGATIONS = index(words.NEGATIONS)

const plurals = (list: string): Set<string> =>
  new Set(unveil(list).flatMap((word) => [word, `${word}s`, word.endsWith('y') ? `${word.slice(0, -1)}ies` : word]))
const SLURS = plurals(VEILED.slurs)
const AMBIGUOUS = plurals(VEILED.ambiguous)

const LEET: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
}
const QUOTED = /["“”«»][^"“”«»]{3,200}["“”«»]/

/** Undoes the simplest disguises: digits in place of letters inside a word, letters that are set apart, contracted negations. */
function undisguise(sentence: string): string {
  return sentence
    .replace(/(?<=\p{L})[013457@$]|[013457@$](?=\p{L})/gu, (sign) => LEET[sign] ?? sign)
    .replace(/(?<![\p{L}])\p{L}(?: \p{L}){2,}(?![\p{L}])/gu, (letters) => letters.replaceAll(' ', ''))
    .replace(/\bcan['’]t\b/giu, 'cannot')
    .replace(/n['’]t\b/gu, ' not')
    .replace(/['’]ll\b/gu, ' will')
}

function placesOf(tokens: readonly Token[], phrases: CueIndex): number[] {
  return tokens.flatMap((token, at) =>
    phrases.get(token.stem)?.some(({ stems }) => stems.every((one, i) => tokens[at + i]?.stem === one)) ? [at] : [],
  )
}

const NEGATION_REACH = 5

function withoutNegated(tokens: readonly Token[], places: readonly number[]): number[] {
  const negations = placesOf(tokens, NEGATIONS)
  return places.filter((at) => !negations.some((no) => no < at && at - no <= NEGATION_REACH))
}

const areNear = (a: readonly number[], b: readonly number[], reach: number): boolean =>
  a.some((one) => b.some((other) => Math.abs(one - other) <= reach))

/** The groups that a sentence is about. A group is named by its noun, or by an adjective directly before a noun of contempt. */
function groupsIn(tokens: readonly Token[], judgements: readonly number[]): number[] {
  const beside = placesOf(tokens, ADJECTIVES).filter((at) => judgements.some((to) => to > at && to - at <= 2))
  return [...placesOf(tokens, GROUPS), ...beside]
}

const GROUP_REFERENCES = new Set(['they', 'them', 'their', 'these', 'those', 'kind', 'your', 'you'])
const OBLIGATION = new Set([
  'should',
  'must',
  'deserve',
  'deserves',
  'want',
  'wish',
  'going',
  'gonna',
  'will',
  'let',
  'hope',
  'love',
  'to',
  'need',
  'ought',
  'someone',
  'can',
  'would',
  'only',
  'about',
  'just',
  'if',
])

const CALL = new Set(['should', 'must', 'deserve', 'deserves', 'ought'])
const SELF_REFERENCES = new Set(['my', 'we', 'our', 'us', 'proud', 'love', 'myself', 'i'])
const KIND = new Set(['love', 'great', 'awesome', 'amazing', 'beautiful', 'best', 'support', 'proud', 'good'])

/** A slur counts unless speakers use it of themselves. A slur that is also an ordinary word needs a sign of hostility. */
function weighSlurs(tokens: readonly Token[], isHostile: boolean, isKind: boolean): number {
  const slurs = tokens.filter(({ word }) => SLURS.has(word))
  if (slurs.length === 0) return 0
  const isAddressed = tokens.some(({ word }) => GROUP_REFERENCES.has(word))
  if (slurs.some(({ word }) => !AMBIGUOUS.has(word))) {
    if (isHostile) return 1
    return isKind || tokens.some(({ word }) => SELF_REFERENCES.has(word)) ? 0 : 0.6
  }
  return isHostile && isAddressed ? 0.8 : 0
}

function weighSentence(sentence: string, groupBefore: boolean): number {
  if (QUOTED.test(sentence)) return 0
  const plain = undisguise(sentence)
  const tokens = tokensIn(plain)
  if (placesOf(tokens, OPPOSITION).length > 0) return 0
  const feelings = withoutNegated(tokens, placesOf(tokens, FEELINGS))
  const judgements = withoutNegated(tokens, placesOf(tokens, JUDGEMENTS))
  const isKind = tokens.some(({ word }) => KIND.has(word))
  const curses = isKind
    ? []
    : profanityIn(plain, tokens).map(({ start }) => tokens.findIndex((token) => token.start >= start))
  const slur = weighSlurs(tokens, feelings.length + judgements.length + curses.length > 0, isKind)
  if (slur > 0) return slur
  const groups = groupsIn(tokens, [...judgements, ...curses])
  const pronouns = groupBefore ? tokens.flatMap(({ word }, at) => (GROUP_REFERENCES.has(word) ? [at] : [])) : []
  const wishes = placesOf(tokens, WISHES).filter((at) =>
    tokens.slice(Math.max(0, at - 6), at).some(({ word }) => OBLIGATION.has(word)),
  )
  if (groups.length > 0 && areNear(withoutNegated(tokens, wishes), groups, 8)) return 1
  // If the group is named only in the sentence before, only a call for harm counts. "they will die" is as often a worry as a wish.
  const calledFor = wishes.filter((at) => tokens.slice(Math.max(0, at - 4), at).some(({ word }) => CALL.has(word)))
  if (areNear(withoutNegated(tokens, calledFor), pronouns, 8)) return 1
  const about = [...groups, ...pronouns]
  return areNear(feelings, about, 8) || areNear([...judgements, ...curses], about, 7) ? 0.8 : 0
}

/**
 * The sentences that utter contempt for a protected group or wish it harm, and do not quote, deny or oppose that. This is a rule of word
 * lists. It finds plain attacks, and misses irony, implication and unknown slurs.
 */
export function hateIn(text: string, sentences: readonly Sentence[]): HateHit[] {
  return sentences.flatMap(({ start, end }, i) => {
    const before = sentences[i - 1]
    const groupBefore = before !== undefined && placesOf(tokensIn(text, before.start, before.end), GROUPS).length > 0
    const weight = weighSentence(text.slice(start, end), groupBefore)
    return weight > 0 ? [{ start, end, weight }] : []
  })
}
