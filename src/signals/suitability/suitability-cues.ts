import { CONTEXT_WORDS, FIGURES } from '../data/figurative.ts'
import type { Context, CueGroup } from '../data/suitability-words.ts'
import { stem, type Token, tokensIn, wordsOf } from '../reading/reading-words.ts'

/** A cue that was found in a text. */
export interface Hit {
  cue: string
  weight: number
  /** The index of its first token, and its UTF-16 offsets in the text. */
  at: number
  start: number
  end: number
}

interface CuePhrase {
  name: string
  stems: string[]
  weight: number
  not: readonly Context[]
}

/** Phrases by the stem that they begin with, longest first. */
export type CueIndex = ReadonlyMap<string, readonly CuePhrase[]>

const CONTEXT_REACH = 20
/** A context with at least this share of an item's words holds everywhere in the item. */
const REIGNING_SHARE = 0.01

function phrasesIn(list: string): string[] {
  return list.split(/[|\n]/).map((phrase) => phrase.trim())
}

/** Prepares groups of cues for {@link findCues}. It is done once, when the module is loaded. */
export function indexCues(groups: readonly CueGroup[]): CueIndex {
  const index = new Map<string, CuePhrase[]>()
  for (const { phrases, weight, not } of groups)
    for (const name of phrasesIn(phrases)) {
      const stems = wordsOf(name).map(stem)
      const [first] = stems
      if (first !== undefined) index.set(first, [...(index.get(first) ?? []), { name, stems, weight, not }])
    }
  for (const phrases of index.values()) phrases.sort((a, b) => b.stems.length - a.stems.length)
  return index
}

const FIGURE_INDEX = indexCues([{ weight: 1, not: [], phrases: FIGURES }])
const CONTEXT_STEMS = new Map<string, Context[]>()
for (const context of ['computing', 'sport', 'games', 'camera', 'medicine', 'cooking', 'finance', 'gardening'] as const)
  for (const word of wordsOf(CONTEXT_WORDS[context]))
    CONTEXT_STEMS.set(stem(word), [...(CONTEXT_STEMS.get(stem(word)) ?? []), context])

function matchAt(tokens: readonly Token[], at: number, index: CueIndex): CuePhrase | undefined {
  return index.get(tokens[at]?.stem ?? '')?.find(({ stems }) => stems.every((one, i) => tokens[at + i]?.stem === one))
}

/**
 * A text that is prepared for finding the cues of several categories: its tokens, which of them are figures of speech, and its contexts.
 */
export interface CueText {
  tokens: readonly Token[]
  isFigure: readonly boolean[]
  contexts: readonly (readonly Context[])[]
  reigning: ReadonlySet<Context>
}

export function prepareCueText(text: string): CueText {
  const tokens = tokensIn(text)
  const isFigure = tokens.map(() => false)
  for (let at = 0; at < tokens.length; at++) {
    const figure = matchAt(tokens, at, FIGURE_INDEX)
    if (figure !== undefined) isFigure.fill(true, at, at + figure.stems.length)
  }
  const contexts = tokens.map((token) => CONTEXT_STEMS.get(token.stem) ?? [])
  const counts = new Map<Context, number>()
  for (const list of contexts) for (const context of list) counts.set(context, (counts.get(context) ?? 0) + 1)
  const reigns = ([, count]: [Context, number]) => tokens.length >= 200 && count / tokens.length >= REIGNING_SHARE
  return { tokens, isFigure, contexts, reigning: new Set([...counts].filter(reigns).map(([context]) => context)) }
}

/**
 * One nearby word of a harmless context undoes a weak cue, and two undo a strong one. If the context holds in the whole item, it undoes
 * both.
 */
function isHarmless({ contexts, reigning }: CueText, at: number, { not, weight }: CuePhrase): boolean {
  if (not.length === 0) return false
  if (not.some((context) => reigning.has(context))) return true
  const near = contexts.slice(Math.max(0, at - CONTEXT_REACH), at + CONTEXT_REACH)
  return near.filter((list) => list.some((context) => not.includes(context))).length >= (weight === 1 ? 2 : 1)
}

/** The cues in text order, without those inside a figure of speech or in a context that makes them harmless. */
export function findCues(text: CueText, index: CueIndex): Hit[] {
  const hits: Hit[] = []
  for (let at = 0; at < text.tokens.length; at++) {
    const phrase = matchAt(text.tokens, at, index)
    if (phrase === undefined || text.isFigure[at] === true || isHarmless(text, at, phrase)) continue
    const last = text.tokens[at + phrase.stems.length - 1]
    const first = text.tokens[at]
    if (first === undefined || last === undefined) continue
    hits.push({ cue: phrase.stems.join(' '), weight: phrase.weight, at, start: first.start, end: last.end })
    at += phrase.stems.length - 1
  }
  return hits
}
