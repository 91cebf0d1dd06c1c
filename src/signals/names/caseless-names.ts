import type { SegmentSentence } from '../claims/claim-sentences.ts'
import { isCommonWord, isFamilyName, isGivenName, isKnownOrganisation, isKnownPlace } from './name-lexicon.ts'
import { isNoise, type NameRun } from './name-runs.ts'
import type { Token } from './name-tokens.ts'

/** True for a text of some length that is written in one case, as some speech recognisers write. */
export function isCaseless(cut: readonly (readonly Token[])[]): boolean {
  const inner = cut.flatMap((sentence) => sentence.filter(({ initial, lower }) => !initial && lower.length > 1))
  if (inner.length < 30) return false
  const capitals = inner.filter(({ capital }) => capital).length
  return capitals < 0.004 * inner.length || capitals > 0.9 * inner.length
}

const titleCase = (words: readonly string[]): string =>
  words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ')

/** The words from a place on that only spaces separate: at most three, because no name in the dictionary has more. */
function phraseAt(cut: readonly Token[], at: number): string[] {
  const near = cut.slice(at, at + 3)
  const parted = near.findIndex(({ gap }, i) => i > 0 && (!/^\s+$/.test(gap) || near[i - 1]?.possessive))
  return near.slice(0, parted < 0 ? near.length : parted).map(({ lower }) => lower)
}

function nameIn([first = '', second = '', third = '']: readonly string[]): number {
  if (isGivenName(first) && !isNoise(first) && isFamilyName(second) && !isCommonWord(second)) return 2
  for (const [length, phrase] of [
    [3, `${first} ${second} ${third}`],
    [2, `${first} ${second}`],
    [1, first],
  ] as const) {
    const isListed = isKnownPlace(phrase) || isKnownOrganisation(phrase)
    if (isListed && (length > 1 || (phrase.length > 4 && !isCommonWord(phrase) && !isNoise(phrase)))) return length
  }
  return 0
}

/**
 * The names in a text without capitals. Only what the dictionary has counts: full names, known places and known organisations. It finds few
 * names and is seldom wrong.
 */
export function caselessRuns(sentences: readonly SegmentSentence[], cut: readonly (readonly Token[])[]): NameRun[] {
  return sentences.flatMap((sentence, i) => {
    const tokens = cut[i] ?? []
    const words = tokens.map(({ lower }) => lower)
    const runs: NameRun[] = []
    for (let at = 0; at < words.length; at++) {
      const phrase = phraseAt(tokens, at)
      const length = nameIn(phrase)
      const first = tokens[at]
      const last = tokens[at + length - 1]
      if (length === 0 || first === undefined || last === undefined) continue
      const name = titleCase(phrase.slice(0, length))
      runs.push({
        surface: name,
        words: name.split(' '),
        sentence,
        start: sentence.start + first.start,
        end: sentence.start + last.end,
        initial: false,
        titled: null,
        before: words.slice(Math.max(0, at - 2), at),
        after: last.possessive ? "'s" : (words[at + length] ?? ''),
        quoted: false,
        beside: [],
      })
      at += length - 1
    }
    return runs
  })
}
