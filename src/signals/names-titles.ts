import { HONORIFICS } from './names-gazetteer.ts'
import { isKnownOrganisation, isKnownPlace } from './names-lexicon.ts'
import type { Token } from './names-tokens.ts'

// `Queen of Hearts` is a name as a whole; `Minister of Works` is an office.
const NOBLE = new Set(['king', 'queen', 'prince', 'princess', 'emperor', 'lord', 'lady'])

/** How many words of a run are titles and not the name: two of `Sir Captain Lind`, none of `General Motors` or `Queen of Hearts`. */
export function titlesBefore(run: readonly Token[]): number {
  const words = run.map(({ lower }) => lower)
  const isListed = (from: number) =>
    [isKnownPlace, isKnownOrganisation].some((knows) => knows(words.slice(from).join(' ')))
  let at = 0
  while (HONORIFICS.has(words[at] ?? '')) {
    if (isListed(at) || (NOBLE.has(words[at] ?? '') && words[at + 1] === 'of' && !isListed(at + 2))) return at
    at++
  }
  return at
}
