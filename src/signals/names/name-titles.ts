import { COUNTRY_LETTERS, FOUNDERS, HONORIFICS, ROLE_WORDS, TITLE_QUALIFIERS } from './gazetteer.ts'
import { isGivenName, isKnownOrganisation, isKnownPlace } from './name-lexicon.ts'

// `Queen of Hearts` is a name as a whole, while `Minister of Works` is an office.
const NOBLE = new Set(['king', 'queen', 'prince', 'princess', 'emperor', 'lord', 'lady'])

// In `UK General Election` the word is an adjective.
const ADJECTIVE_TITLES = new Set(['general', 'major', 'chief'])

const isTitle = (word = ''): boolean => HONORIFICS.has(word.replace(/-(?:elect|designate|general)$/, ''))

const isListed = (words: readonly string[]): boolean =>
  isKnownPlace(words.join(' ')) || isKnownOrganisation(words.join(' '))

/**
 * How many words of a run, given in lower case, are titles and not part of the name: two in `Prime Minister Lind` and in `US President
 * Lind`, none in `General Motors` and in `Queen of Hearts`.
 */
export function titlesBefore(words: readonly string[]): number {
  const [country = '', next = ''] = words
  let at = COUNTRY_LETTERS.has(country.toUpperCase()) && isTitle(next) && !ADJECTIVE_TITLES.has(next) ? 1 : 0
  for (;;) {
    const [word = '', next = ''] = words.slice(at, at + 2)
    const isQualified = TITLE_QUALIFIERS.has(word) && (isTitle(next) || TITLE_QUALIFIERS.has(next))
    if (!isTitle(word) && !isQualified) return at
    if (isListed(words.slice(at)) || (NOBLE.has(word) && next === 'of' && !isListed(words.slice(at + 2)))) return at
    at++
    // In `Secretary of State Ada Byron` the office extends to the first given name.
    const given = words.findIndex((each, i) => i > at + 1 && i < words.length - 1 && isGivenName(each))
    if (words[at] === 'of' && given > 0) return given
  }
}

/**
 * Says whether words, given in lower case, name only an office or a role: `Ministers`, `Project Manager`. They are no name, because the
 * person who holds an office changes.
 */
export function isOffice(words: readonly string[]): boolean {
  const single = words.map((word) => word.replace(/s$/, ''))
  if (titlesBefore(words) === words.length || titlesBefore(single) === words.length) return true
  if (words.length === 1) return single[0] === 'member' || FOUNDERS.has(single[0] ?? '')
  return single.every((word, i) => ROLE_WORDS.has(word) || isTitle(word) || TITLE_QUALIFIERS.has(words[i] ?? ''))
}
