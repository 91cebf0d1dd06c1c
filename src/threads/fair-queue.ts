/** Waiting jobs by lane: jobs of a lane keep their order, and the lanes take turns. */
export interface FairQueue<T> {
  add(lane: object, item: T): void
  /** Takes the oldest item of the lane whose turn it is. */
  take(): T | undefined
  remove(lane: object, item: T): void
  /** Takes everything. */
  drain(): T[]
  size(): number
}

export function createFairQueue<T>(): FairQueue<T> {
  // A Map keeps insertion order, so a lane that had its turn moves to the end.
  const lanes = new Map<object, Set<T>>()
  let size = 0
  return {
    add(lane, item) {
      const items = lanes.get(lane) ?? new Set<T>()
      lanes.set(lane, items.add(item))
      size += 1
    },
    take() {
      for (const [lane, items] of lanes) {
        lanes.delete(lane)
        for (const item of items) {
          items.delete(item)
          if (items.size > 0) lanes.set(lane, items)
          size -= 1
          return item
        }
      }
      return undefined
    },
    remove(lane, item) {
      const items = lanes.get(lane)
      if (!items?.delete(item)) return
      size -= 1
      if (items.size === 0) lanes.delete(lane)
    },
    drain() {
      const all = [...lanes.values()].flatMap((items) => [...items])
      lanes.clear()
      size = 0
      return all
    },
    size: () => size,
  }
}
