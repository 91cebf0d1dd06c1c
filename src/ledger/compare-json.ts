/** One difference between two JSON values: where, as a JSON pointer (RFC 6901), and both values; undefined: not there. */
export interface Difference {
  pointer: string
  was: unknown
  is: unknown
}

/**
 * How `now` differs from `before`, in the order of the keys; fields named in `without` are passed over at every depth. Arrays
 * are compared place by place. Both are JSON: only what JSON.parse can make is looked at.
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

/** Members of two objects or two arrays; null where the values have no members to compare one by one. */
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
