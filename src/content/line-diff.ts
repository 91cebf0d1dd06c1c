/** A line of two texts laid over one another. */
export interface DiffLine {
  /** In both, in the first alone, in the second alone. */
  side: 'both' | 'was' | 'is'
  text: string
}

/** Lines on either side beyond which no common ones are looked for: the table grows with their product. */
const MOST_LINES = 1_000

/** The lines of two texts with as many in common as there are: the longest common subsequence, beginning and end first. */
export function lineDiff(was: string, is: string): DiffLine[] {
  const [before, now] = [was.split('\n'), is.split('\n')]
  let start = 0
  while (start < before.length && start < now.length && before[start] === now[start]) start++
  let end = 0
  while (end < before.length - start && end < now.length - start && before.at(-1 - end) === now.at(-1 - end)) end++
  return [
    ...before.slice(0, start).map(line('both')),
    ...middle(before.slice(start, before.length - end), now.slice(start, now.length - end)),
    ...before.slice(before.length - end).map(line('both')),
  ]
}

const line =
  (side: DiffLine['side']) =>
  (text: string): DiffLine => ({ side, text })

function middle(was: readonly string[], is: readonly string[]): DiffLine[] {
  if (was.length > MOST_LINES || is.length > MOST_LINES) return [...was.map(line('was')), ...is.map(line('is'))]
  const lengths = commonLengths(was, is)
  const width = is.length + 1
  const found: DiffLine[] = []
  let [i, j] = [0, 0]
  while (i < was.length || j < is.length) {
    const [old, current] = [was[i], is[j]]
    if (old !== undefined && old === current) {
      found.push({ side: 'both', text: old })
      i++
      j++
    } else if (
      old !== undefined &&
      (current === undefined || (lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0))
    ) {
      found.push({ side: 'was', text: old })
      i++
    } else if (current !== undefined) {
      found.push({ side: 'is', text: current })
      j++
    }
  }
  return found
}

/** How many lines the rests of both texts from (i, j) on have in common, row by row. */
function commonLengths(was: readonly string[], is: readonly string[]): Uint16Array {
  const width = is.length + 1
  const lengths = new Uint16Array((was.length + 1) * width)
  for (let i = was.length - 1; i >= 0; i--)
    for (let j = is.length - 1; j >= 0; j--)
      lengths[i * width + j] =
        was[i] === is[j]
          ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0)
  return lengths
}
