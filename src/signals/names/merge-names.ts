import { GENERAL_WORDS } from '../phrases/stopwords.ts'
import { knownAcronym } from './acronyms.ts'
import { fold, type NameGroup } from './name-group.ts'
import {
  isCalendarOrPeople,
  isCommonWord,
  isFamilyName,
  isGivenName,
  isKnownOrganisation,
  isKnownPlace,
} from './name-lexicon.ts'
import { isNoise, type NameRun } from './name-runs.ts'
import { isOffice } from './name-titles.ts'
import { isAcronym, isTechnical, lettersOf } from './name-tokens.ts'
import { typeOf } from './name-types.ts'
import { joinSame } from './same-name.ts'

function usualSpelling(surfaces: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const surface of surfaces) counts.set(surface, (counts.get(surface) ?? 0) + 1)
  const isShouted = (name: string) => name.length > 5 && name === name.toUpperCase()
  const [best] = [...counts].sort(
    ([a, m], [b, n]) => Number(isShouted(a)) - Number(isShouted(b)) || n - m || (a < b ? -1 : 1),
  )
  return best?.[0] ?? ''
}

// `European Jews`, `West African`, `First Lady`: these are ordinary words that have capitals by custom.
const isPeople = (words: readonly string[]): boolean =>
  isCalendarOrPeople(words.at(-1) ?? '') &&
  words.slice(0, -1).every((word) => isCalendarOrPeople(word) || isCommonWord(word))

// `the Government`, `the Committee`: the word does not say which one it is.
const INSTITUTION = /^(?:government|committee|commission|department|council|ministry|board)s?$/

// `Episode 32`, `Season Two`, `Part`: these are places in a sequence, not names.
const isNumbered = ([word = '', ...rest]: readonly string[]): boolean =>
  /^(?:chapter|part|episode|ep|season|volume|vol|lesson|lecture|section|figure|table|slide|page)$/i.test(word) &&
  rest.every((each) => /^(?:\d.*|one|two|three|four|five|six|seven|eight|nine|ten|[ivx]+)$/i.test(each))

// Some transcripts lose a space: `PrimeMinister`, `Mr.Chair`.
const splitGlued = (word: string): string[] => word.split(/\.|(?<=\p{Ll})(?=\p{Lu})/u).map((part) => part.toLowerCase())

function isName(runs: readonly NameRun[], lower: ReadonlyMap<string, number>): boolean {
  const words = runs[0]?.words ?? []
  const [word = ''] = words
  if (knownAcronym(lettersOf(words) ?? '') !== null) return true
  const small = word.toLowerCase()
  const countInside = runs.filter(({ initial }) => !initial).length
  const isShouted = runs.every(({ surface }) => surface.length > 2 && surface === surface.toUpperCase())
  const isPlain = (each: string) => isCommonWord(each) || (lower.get(each.toLowerCase()) ?? 0) > 0
  if (isShouted && !isKnownOrganisation(word) && words.every(isPlain)) return words.length === 1 && runs.length > 2
  if (words.length === 1 && /^v\d/i.test(word)) return false
  if (isNumbered(words) || isOffice(words.flatMap(splitGlued))) return false
  if (words.length > 1)
    return words.some((each) => !isNoise(each.toLowerCase()) && !/^\d/.test(each)) && !isPeople(words)
  if (/-(?:centric|based|like|style|only|related|native|specific|enabled|style|wide|era|born)$/i.test(word))
    return false
  if (isTechnical(word)) return true
  if (word.length < 2 || INSTITUTION.test(small) || isNoise(small) || isCalendarOrPeople(word)) return false
  const isListed = isGivenName(word) || isFamilyName(word) || isKnownPlace(word) || isKnownOrganisation(word)
  const smallCount = lower.get(small) ?? 0
  if (countInside === 0 && !isListed && runs.length < 3)
    return (
      !isCommonWord(word) && !GENERAL_WORDS.has(small) && smallCount === 0 && runs.some(({ titled }) => titled !== null)
    )
  if (smallCount >= (isListed ? 2 * runs.length : countInside)) return false
  if ((isCommonWord(word) || GENERAL_WORDS.has(small)) && !isListed)
    return countInside >= 2 && countInside > 2 * smallCount
  return true
}

// If the text gives no other name, `Mr Ludd` is the whole name.
function titledName(runs: readonly NameRun[]): string | null {
  const names = runs.flatMap(({ titled }) => (titled === null ? [] : [titled]))
  return names.length > 0.3 * runs.length ? usualSpelling(names) : null
}

/** Groups runs by folded name, leaves out those that are no names, and finds the types of the others. */
export function groupRuns(runs: readonly NameRun[], lower: ReadonlyMap<string, number>): NameGroup[] {
  const byKey = new Map<string, NameRun[]>()
  const keys = new Set(runs.map(({ surface }) => fold(surface)))
  for (const run of runs) {
    const key = fold(run.surface)
    const plural =
      run.words.length === 1 &&
      (/^\p{Lu}{2,}s$/u.test(run.surface) || keys.has(key.slice(0, -1))) &&
      run.surface.endsWith('s') &&
      !isGivenName(run.surface)
        ? key.slice(0, -1)
        : key
    const group = byKey.get(plural)
    if (group === undefined) byKey.set(plural, [run])
    else group.push(run)
  }
  const technical = [...byKey.values()].filter(([run]) =>
    run?.words.some((word) => isTechnical(word) || isAcronym(word)),
  )
  const isTechnicalTalk = technical.length >= 8
  const found = [...byKey.values()].flatMap((group) => {
    if (!isName(group, lower)) return []
    const surfaces = new Set(group.map(({ surface }) => surface))
    const usual = usualSpelling(group.map(({ surface }) => surface))
    const singular = usual.replace(/^(\p{Lu}{2,})s$/u, '$1')
    const name = surfaces.has(singular) ? singular : usual
    const aliases = new Set([...surfaces].filter((surface) => surface !== name))
    const words = group.find(({ surface }) => surface === name)?.words ?? name.split(' ')
    return [{ name, aliases, runs: group, speaks: false, ...typeOf(words, group, isTechnicalTalk) }]
  })
  return found.map((group) => kindOfTechnique(group, found))
}

// `Async Payjoin` beside `Payjoin`, `Taproot Activation` beside `Taproot`: two words may look like a person's name. They are none if one of
// them is a product that the text names more often.
function kindOfTechnique(group: NameGroup, all: readonly NameGroup[]): NameGroup {
  const words = group.name.split(' ')
  const last = words.at(-1) ?? ''
  if (group.type !== 'person' || words.length < 2 || group.strength >= 4) return group
  const [first = ''] = words
  const isPart = (name: string): boolean => name === last || (name === first && !isGivenName(first))
  const own = all.find(({ name, type }) => isPart(name) && type === 'product')
  if (own?.type !== 'product' || own.runs.length < 2 * group.runs.length) return group
  return { ...group, type: 'product', strength: 1.5, margin: 0 }
}

// Placeholder names of cryptography and logic. They are not people if they come as a pair.
const PLACEHOLDERS = new Set(['Alice', 'Bob', 'Carol', 'Charlie', 'Dave', 'Eve', 'Mallory'])

/** Leaves out all placeholders if both `Alice` and `Bob` are named and neither of them speaks. */
export function withoutPlaceholders(groups: readonly NameGroup[]): NameGroup[] {
  const isStandIn = ({ name, speaks }: NameGroup) => PLACEHOLDERS.has(name) && !speaks
  const found = new Set(groups.filter(isStandIn).map(({ name }) => name))
  return found.has('Alice') && found.has('Bob') ? groups.filter((group) => !isStandIn(group)) : [...groups]
}

/** Joins a single first or last name, or an acronym, to the full name if the same text has it. */
export function mergeNames(groups: readonly NameGroup[]): NameGroup[] {
  return joinSame(groups).map((group) => {
    const name = group.type === 'person' && !group.speaks && !group.name.includes(' ') ? titledName(group.runs) : null
    return name === null ? group : { ...group, name, aliases: new Set([...group.aliases, group.name]) }
  })
}
