import { COUNTRY_LETTERS } from './gazetteer.ts'
import { fold, type NameGroup } from './name-group.ts'
import {
  isCalendarOrPeople,
  isCommonWord,
  isCurrency,
  isFamilyName,
  isGivenName,
  isKnownOrganisation,
  isKnownPlace,
} from './name-lexicon.ts'
import { titlesBefore } from './name-titles.ts'
import { lettersOf } from './name-tokens.ts'

/** A name with its folded words, which are compared with the words of every other name. */
interface SpeltName {
  group: NameGroup
  words: readonly string[]
  /** The words of each of its full forms. `Adam & Eve` has none, because it names two people. */
  full: readonly (readonly string[])[]
}

const wordsOf = (name: string): string[] => name.split(' ').map(fold)

function spelt(group: NameGroup): SpeltName {
  const forms = [group.name, ...group.aliases].map(wordsOf)
  return { group, words: wordsOf(group.name), full: forms.filter((form) => form.length > 1 && !form.includes('')) }
}

const opensWith = (whole: readonly string[], part: readonly string[]): boolean =>
  part.every((word, i) => word === whole[i])
const endsWith = (whole: readonly string[], part: readonly string[]): boolean =>
  opensWith(whole.slice(whole.length - part.length), part)

const initials = (name: string): string =>
  name
    .split(/[\s-]+/)
    .filter((word) => /^\p{Lu}/u.test(word))
    .map((word) => word[0])
    .join('')

// One name that was heard in two ways: `Rene Pickhardt` and `Rene Pickardt`.
function isSpeltAlike(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length || a.length < 2 || a[0] !== b[0]) return false
  const [s, t] = [a.slice(1).join(''), b.slice(1).join('')]
  if (Math.min(s.length, t.length) < 5 || Math.abs(s.length - t.length) > 1) return false
  let head = 0
  while (head < s.length && s[head] === t[head]) head++
  let tail = 0
  while (tail < Math.min(s.length, t.length) - head && s.at(-1 - tail) === t.at(-1 - tail)) tail++
  return Math.max(s.length, t.length) - head - tail <= 1
}

// `Edwin Lind` and `Edwin M. Lind`.
const hasInitialMore = (whole: readonly string[], part: readonly string[]): boolean =>
  part.length === 2 &&
  whole.length > 2 &&
  whole[0] === part[0] &&
  whole.at(-1) === part[1] &&
  whole.slice(1, -1).every((word) => word.length === 1)

// `Ada Byron AM` and `Ada Byron King` are longer forms of a name. `Ada Byron Christmas Special` is not.
const isLonger = ({ name, speaks }: NameGroup, count: number): boolean => {
  const [last = '', ...more] = name.split(' ').slice(count)
  return speaks || (more.length === 0 && !isCommonWord(last) && !isCalendarOrPeople(last))
}

// Two letters can stand for too many names, unless they are well known.
const isLettersOf = (letters: string, name: string): boolean =>
  (/^\p{Lu}{3,}$/u.test(letters) && initials(name) === letters) ||
  COUNTRY_LETTERS.get(letters) === name.toLowerCase().replace(/ of america$/, '')

// An acronym, a misheard name, a middle initial, or a name without its ending.
function isSame({ group: part, words: short }: SpeltName, { group: whole, words: long }: SpeltName): boolean {
  const letters = lettersOf(part.name.split(' '))
  if (letters !== null && isLettersOf(letters, whole.name)) return true
  if (whole.type !== 'person') return false
  if (isSpeltAlike(short, long)) return whole.speaks || (!part.speaks && whole.runs.length > part.runs.length)
  if (part.type !== 'person' || part.speaks || short.length < 2) return false
  if (long.length > short.length)
    return (
      hasInitialMore(long, short) ||
      (opensWith(long, short) && isLonger(whole, short.length)) ||
      // The label of a speaker may begin with a title.
      (endsWith(long, short) && titlesBefore(long) === long.length - short.length)
    )
  // In `Trouper Ada Byron` the word before the full name describes the person. It is no given name.
  const [lead = ''] = part.name.split(' ')
  return long.length > 1 && short.length > long.length && endsWith(short, long) && !isGivenName(lead)
}

// A single name that may belong to a person whose full name is in the text.
function isPart({ group: part, words: short }: SpeltName, { group: whole, full }: SpeltName): boolean {
  if (short.length > 1 || whole.type !== 'person') return false
  if (!full.some((long) => opensWith(long, short) || endsWith(long, short))) return false
  if (isKnownPlace(part.name) || isKnownOrganisation(part.name) || isCurrency(part.name)) return false
  if (whole.speaks || isGivenName(part.name) || isFamilyName(part.name)) return true
  return part.type === 'person' || (part.type === 'other' && part.runs.length <= 20 * whole.runs.length)
}

function absorb(into: NameGroup, from: NameGroup): void {
  into.aliases.add(from.name)
  for (const alias of from.aliases) into.aliases.add(alias)
  into.runs.push(...from.runs)
  into.speaks ||= from.speaks
}

// If a name may belong to several others, nobody can say to which, and all stay apart. But in a conversation a first name alone means a
// person who takes part in it.
function joinNames(groups: readonly NameGroup[], isOne: (part: SpeltName, whole: SpeltName) => boolean): NameGroup[] {
  const names = groups.map(spelt)
  const wholes = new Map<NameGroup, NameGroup>()
  for (const part of names) {
    const found = names.filter((each) => each !== part && isOne(part, each))
    const here = found.filter(({ group }) => group.speaks)
    const [whole, ...others] = here.length > 0 ? here : found
    if (whole !== undefined && others.length === 0) wholes.set(part.group, whole.group)
  }
  return groups.filter((group) => {
    const whole = wholes.get(group)
    if (whole === undefined || wholes.has(whole)) return true
    absorb(whole, group)
    return false
  })
}

/**
 * Joins names that can only be the same. The others become aliases of the name that stays. Variants of full names are joined first, then
 * single names.
 */
export const joinSame = (groups: readonly NameGroup[]): NameGroup[] => joinNames(joinNames(groups, isSame), isPart)
