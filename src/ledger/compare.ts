import diff from 'microdiff'

/** One difference between two JSON values: where, as a JSON pointer (RFC 6901), and both values; undefined: not there. */
export interface Difference {
  pointer: string
  was: unknown
  is: unknown
}

/** How `now` differs from `before`, in the order of the keys; fields named in `without` are passed over at every depth. */
export function compareJson(before: unknown, now: unknown, without: ReadonlySet<string> = new Set()): Difference[] {
  return diff({ value: strip(before, without) }, { value: strip(now, without) }).map((change) => ({
    pointer: change.path
      .slice(1)
      .map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`)
      .join(''),
    was: change.type === 'CREATE' ? undefined : change.oldValue,
    is: change.type === 'REMOVE' ? undefined : change.value,
  }))
}

function strip(value: unknown, without: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((entry) => strip(entry, without))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !without.has(key))
      .map(([key, entry]) => [key, strip(entry, without)]),
  )
}
