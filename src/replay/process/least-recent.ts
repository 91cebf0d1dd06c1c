/** Values by key, the least recently used of which goes when there are too many. */
export interface LeastRecent<Value extends object> {
  get(key: string, make: () => Value): Value
}

export function createLeastRecent<Value extends object>(capacity: number): LeastRecent<Value> {
  const kept = new Map<string, Value>()
  return {
    get(key, make) {
      const value = kept.get(key) ?? make()
      // A map is in order of insertion: the one used last goes last.
      kept.delete(key)
      kept.set(key, value)
      const [oldest] = kept.keys()
      if (kept.size > capacity && oldest !== undefined) kept.delete(oldest)
      return value
    },
  }
}
