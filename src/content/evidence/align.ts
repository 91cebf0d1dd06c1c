/** The place of a run of words in a longer run: from text word `from` (inclusive) to `to` (exclusive), and the cost of the match. */
export interface Alignment {
  from: number
  to: number
  /** 0 for equal runs; a missing, added or different word costs 1, a misspelt one less. */
  cost: number
}

/** Share of the longer word's characters that differ, 0..1. It is 1 where one word cannot be a misspelling of the other. */
export function misspelling(a: string, b: string): number {
  if (a === b) return 0
  const longest = Math.max(a.length, b.length)
  if (longest < 3 || Math.abs(a.length - b.length) > 2 || (a[0] !== b[0] && a.at(-1) !== b.at(-1))) return 1
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  const share = (row[b.length] ?? longest) / longest
  return share <= 0.4 ? share : 1
}

/**
 * The best place of `needle` in `hay[low, high)`: edit distance over words with free ends in the text (Sellers 1980),
 * O(needle × window). Among equal costs the first place wins. A different word is preferred to a missing one, so that the
 * place covers the words that the text really has. Null as soon as it is certain that every place costs more than `limit`.
 */
export function alignWords(
  needle: readonly string[],
  hay: readonly string[],
  low: number,
  high: number,
  limit: number,
): Alignment | null {
  const width = high - low
  let costs = new Float64Array(width + 1)
  let starts = Int32Array.from({ length: width + 1 }, (_, j) => j)
  let paired = new Uint8Array(width + 1)
  for (let i = 1; i <= needle.length; i++) {
    const word = needle[i - 1] ?? ''
    const nextCosts = new Float64Array(width + 1)
    const nextStarts = new Int32Array(width + 1)
    const nextPaired = new Uint8Array(width + 1)
    nextCosts[0] = i
    let least = i
    for (let j = 1; j <= width; j++) {
      const pair = (costs[j - 1] ?? 0) + misspelling(word, hay[low + j - 1] ?? '')
      const missing = (costs[j] ?? 0) + 1
      const added = (nextCosts[j - 1] ?? 0) + 1
      if (pair <= missing && pair <= added) {
        nextCosts[j] = pair
        nextStarts[j] = starts[j - 1] ?? 0
        nextPaired[j] = 1
      } else {
        nextCosts[j] = Math.min(missing, added)
        nextStarts[j] = (missing <= added ? starts[j] : nextStarts[j - 1]) ?? 0
      }
      least = Math.min(least, nextCosts[j] ?? 0)
    }
    if (least > limit) return null
    costs = nextCosts
    starts = nextStarts
    paired = nextPaired
  }
  let best = 0
  for (let j = 1; j <= width; j++) {
    const difference = (costs[j] ?? 0) - (costs[best] ?? 0)
    if (difference < 0 || (difference === 0 && paired[j] === 1 && paired[best] === 0)) best = j
  }
  return { from: low + (starts[best] ?? 0), to: low + best, cost: costs[best] ?? 0 }
}
