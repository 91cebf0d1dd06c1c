import { isCommonWord, isGivenName, isKnownOrganisation, isKnownPlace } from './name-lexicon.ts'
import { type NameRun, partOf } from './name-runs.ts'
import { isAcronym, isTechnical } from './name-tokens.ts'

/** Says whether a language writes every noun with a capital. In such a language a capital means "noun", not "name". */
export const capitalisesNouns = (language: string | null): boolean => /^(?:de|lb|gsw|nds)\b/i.test(language ?? '')

const asList = (run: NameRun | null): NameRun[] => (run === null ? [] : [run])

/**
 * The names among the capitalised runs of German: a given name and what follows it, what stands after a title, and what form or dictionary
 * show to be a name. `Angaben von Baubürgermeister Jens Hollstein` gives `Jens Hollstein`. `Prüfung der Pfeiler` gives nothing.
 */
export function namesAmongNouns(run: NameRun): NameRun[] {
  const isSafe = (word: string) => word.length > 2 && !isCommonWord(word)
  const given = run.words.findIndex(
    (word, i) => isGivenName(word) && isSafe(word) && /^\p{Lu}\p{Ll}/u.test(run.words[i + 1] ?? ''),
  )
  if (given >= 0) return asList(partOf(run, given, given + 3))
  if (run.titled !== null) return [run]
  return run.words.flatMap((word, i) =>
    (isSafe(word) && (isKnownPlace(word) || isKnownOrganisation(word))) || isAcronym(word) || isTechnical(word)
      ? asList(partOf(run, i, i + 1))
      : [],
  )
}
