import { HONORIFICS } from './names-gazetteer.ts'
import { isCommonWord, isGivenName, isKnownOrganisation, isKnownPlace } from './names-lexicon.ts'
import type { Run } from './names-runs.ts'
import { isAcronym, isTechnical } from './names-tokens.ts'

/** Languages that write every noun with a capital: there a capital says "noun", not "name". */
export const capitalisesNouns = (language: string | null): boolean => /^(?:de|lb|gsw|nds)\b/i.test(language ?? '')

function part(run: Run, from: number, to: number): Run {
  const words = run.words.slice(from, to)
  const offset = run.surface.indexOf(words[0] ?? '', from === 0 ? 0 : run.words.slice(0, from).join(' ').length)
  const surface = words.join(' ')
  return { ...run, words, surface, start: run.start + offset, end: run.start + offset + surface.length, initial: false }
}

/**
 * Names among the capitalised runs of German: from a given name on, behind a title, what form or dictionary knows.
 * `Angaben von Baubürgermeister Jens Hollstein` gives `Jens Hollstein`; `Prüfung der Pfeiler` gives nothing.
 */
export function namesAmongNouns(run: Run): Run[] {
  const isSafe = (word: string) => word.length > 2 && !isCommonWord(word)
  const given = run.words.findIndex(
    (word, i) => isGivenName(word) && isSafe(word) && /^\p{Lu}\p{Ll}/u.test(run.words[i + 1] ?? ''),
  )
  if (given >= 0) return [part(run, given, given + 3)]
  if (run.honorific !== null && HONORIFICS.has(run.honorific.toLowerCase())) return [run]
  return run.words.flatMap((word, i) =>
    (isSafe(word) && (isKnownPlace(word) || isKnownOrganisation(word))) || isAcronym(word) || isTechnical(word)
      ? [part(run, i, i + 1)]
      : [],
  )
}
