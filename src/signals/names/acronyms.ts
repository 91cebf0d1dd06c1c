import { FUNCTION_WORDS } from '../phrases/stopwords.ts'
import { COMMON_ACRONYMS, COUNTRY_LETTERS, ORGANISATION_LETTERS, PLAIN_ACRONYMS } from './gazetteer.ts'
import type { NameGroup } from './name-group.ts'
import { isKnownOrganisation } from './name-lexicon.ts'
import type { NameRun } from './name-runs.ts'
import { lettersOf } from './name-tokens.ts'

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '))

const DETERMINERS = set('a an each every another any this these those my your our their his her its many')
// Words beside something that someone makes and hands out. They seldom stand beside a technique.
const BEFORE_MADE = set('install installed installing download downloaded app software tool toolkit library')
const AFTER_MADE = set('app software library toolkit')
const BEFORE_BODY = set('at joined joins company firm startup founded ceo')
const AFTER_BODY = set('announced acquired hired employs reported inc')
const SAYING = set('said says thinks thought told asked wrote argued mentioned proposed')

/** Says what an acronym is if that is known beforehand: a country or a union of states, or an organisation. Null for any other. */
export function knownAcronym(letters: string): 'place' | 'organisation' | null {
  if (COUNTRY_LETTERS.has(letters)) return 'place'
  return ORGANISATION_LETTERS.has(letters) || isKnownOrganisation(letters) ? 'organisation' : null
}

type Evidence = Record<'person' | 'organisation' | 'product', number>

/**
 * Counts what the words around an acronym say about it. There are fewer kinds than for names, because the form of a name already says
 * something.
 */
export function aroundAcronym(runs: readonly NameRun[]): Evidence {
  const seen: Evidence = { person: 0, organisation: 0, product: 0 }
  for (const { before, after, titled } of runs) {
    const near = before.at(-1) ?? ''
    const isLook = near === 'at' && /^(?:look|point|aim|arriv)/.test(before[0] ?? '')
    if (SAYING.has(after) || titled !== null) seen.person++
    if ((BEFORE_BODY.has(near) && !isLook) || AFTER_BODY.has(after)) seen.organisation++
    if (BEFORE_MADE.has(near) || AFTER_MADE.has(after)) seen.product++
  }
  return seen
}

// `a UTXO`, `these UTXOs`: what can be counted is no name. In `an HRF report` it is the report that is counted.
function isCounted({ words, before, after }: NameRun): boolean {
  if (/\p{Lu}_?s$/u.test(words.at(-1) ?? '')) return true
  return (after === '' || FUNCTION_WORDS.has(after)) && DETERMINERS.has(before.at(-1) ?? '')
}

// If it is counted only once, that may be a slip.
const isCommonNoun = (runs: readonly NameRun[]): boolean => {
  const counted = runs.filter(isCounted).length
  return counted === runs.length || (counted > 1 && counted > 0.15 * runs.length)
}

/** Leaves out acronyms that are common nouns of the language or of this text. */
export function withoutCommonAcronyms(groups: readonly NameGroup[]): NameGroup[] {
  return groups.filter(({ name, type, runs, speaks }) => {
    const letters = lettersOf(name.split(' '))
    if (letters === null || speaks || knownAcronym(letters) !== null) return true
    const small = letters.toLowerCase()
    if (letters.length < 2 || COMMON_ACRONYMS.has(small) || PLAIN_ACRONYMS.has(small)) return false
    return type !== 'other' || !isCommonNoun(runs)
  })
}
