const quoted = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+')

/** Where a name stands in a text; UTF-16 offsets. */
interface Mention {
  /** Index of the name's owner in the list asked for. */
  owner: number
  start: number
  end: number
}

/**
 * Makes a finder of names in texts, at word boundaries, longest name first, so that `Mark` inside `Mark Erhardt` counts
 * for the latter alone. Case counts unless `anyCase`. One pass a text.
 */
export function mentionFinder(owners: readonly (readonly string[])[], anyCase = false): (text: string) => Mention[] {
  const key = (name: string) => {
    const spaced = name.replace(/\s+/g, ' ')
    return anyCase ? spaced.toLowerCase() : spaced
  }
  const byName = new Map(owners.flatMap((names, owner) => names.map((name) => [key(name), owner] as const)))
  const names = [...byName.keys()].filter(Boolean).sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
  if (names.length === 0) return () => []
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}_])(?:${names.map(quoted).join('|')})(?![\\p{L}\\p{N}_])`,
    anyCase ? 'giu' : 'gu',
  )
  return (text) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const owner = byName.get(key(match[0]))
      return owner === undefined ? [] : [{ owner, start: match.index, end: match.index + match[0].length }]
    })
}
