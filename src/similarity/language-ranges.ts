/**
 * Languages are found by basic filtering (RFC 4647, 3.3.1): a range finds the tag that it is and every tag that begins with it
 * and a hyphen, in whatever case; `*` finds any. So `en` finds `en-GB`, and `en-GB` does not find `en`.
 */
export const ANY_LANGUAGE = '*'

/** A range as {@link rangesThatFind} writes them. */
export const languageRange = (asked: string): string => asked.toLowerCase()

/** All ranges that find a tag: `*`, `en`, `en-gb` for `en-GB`. Nothing finds what has none. */
export function rangesThatFind(tag: string | null): string[] {
  if (tag === null) return []
  const parts = tag.toLowerCase().split('-')
  return [ANY_LANGUAGE, ...parts.map((_, n) => parts.slice(0, n + 1).join('-'))]
}
