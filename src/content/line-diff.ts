import { diffArrays } from 'diff'

/** A line in the comparison of two texts. */
export interface DiffLine {
  /** In both texts, only in the first, or only in the second. */
  side: 'both' | 'was' | 'is'
  text: string
}

/** Above this number of removed and added lines the search for common lines stops, because its time grows with the square. */
const MOST_CHANGES = 1_000

/** Compares the lines of two texts by their longest common subsequence, after the common beginning and end. */
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

function middle(was: string[], is: string[]): DiffLine[] {
  const changes = diffArrays(was, is, { maxEditLength: MOST_CHANGES })
  if (changes === undefined) return [...was.map(line('was')), ...is.map(line('is'))]
  return changes.flatMap(({ value, added, removed }) => value.map(line(removed ? 'was' : added ? 'is' : 'both')))
}
