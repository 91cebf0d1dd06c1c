/** One difference between two JSON values: its JSON pointer (RFC 6901) and both values; undefined means absent. */
export interface Difference {
  pointer: string
  was: unknown
  is: unknown
}

/**
 * Lists the differences between `before` and `now`, in the order of the keys. It ignores fields named in `without` at every depth
 * and compares arrays index by index. Both values must be JSON: only values that JSON.parse can make are compared.
 */
export function compareJson(before: unknown, now: unknown, without: ReadonlySet<string> = new Set()): Difference[] {
  const found: Difference[] = []
  compare(before, now, '', { without, found })
  return found
}

interface Comparison {
  without: ReadonlySet<string>
  found: Difference[]
}

function compare(was: unknown, is: unknown, pointer: string, comparison: Comparison): void {
  if (Object.is(was, is)) return
  const pair = childrenOf(was, is)
  if (pair === null) {
    comparison.found.push({ pointer, was, is })
    return
  }
  const [old, current] = pair
  for (const key of new Set([...old.keys(), ...current.keys()]))
    if (!comparison.without.has(key))
      compare(old.get(key), current.get(key), `${pointer}/${escapeToken(key)}`, comparison)
}

/** The members of two objects or two arrays; null if the values have no members to compare. */
function childrenOf(was: unknown, is: unknown): [Map<string, unknown>, Map<string, unknown>] | null {
  if (!isContainer(was) || !isContainer(is) || Array.isArray(was) !== Array.isArray(is)) return null
  return [new Map(Object.entries(was)), new Map(Object.entries(is))]
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/** A key as a part of a JSON pointer (RFC 6901). */
export function escapeToken(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}
