/**
 * Languages match by basic filtering (RFC 4647, 3.3.1). A range finds the equal tag and every tag that begins with the range
 * and a hyphen, regardless of case; `*` finds any tag. So `en` finds `en-GB`, and `en-GB` does not find `en`.
 */
export const ANY_LANGUAGE = '*'

/** A range in the form of {@link rangesThatFind}. */
export const languageRange = (asked: string): string => asked.toLowerCase()

/** All ranges that find a tag: `*`, `en`, `en-gb` for `en-GB`. No range finds an item without a tag. */
export function rangesThatFind(tag: string | null): string[] {
  if (tag === null) return []
  const parts = tag.toLowerCase().split('-')
  return [ANY_LANGUAGE, ...parts.map((_, n) => parts.slice(0, n + 1).join('-'))]
}
