const quoted = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+')

/** A place where a name stands in a text. Offsets are UTF-16 units. */
interface Mention {
  /** The index of the name's owner in the list that was given. */
  owner: number
  start: number
  end: number
}

/**
 * Makes a function that finds names in texts at word boundaries. Longer names come first, so that `Mark` inside `Mark Erhardt` counts only
 * as `Mark Erhardt`. Case matters unless `anyCase` is set. It makes one pass over a text.
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
