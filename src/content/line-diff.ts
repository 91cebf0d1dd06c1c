import { diffArrays } from 'diff'

/** A line of two texts laid over one another. */
export interface DiffLine {
  /** In both, in the first alone, in the second alone. */
  side: 'both' | 'was' | 'is'
  text: string
}

/** Lines taken out and put in beyond which no common ones are looked for: the time grows with their square. */
const MOST_CHANGES = 1_000

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

function middle(was: string[], is: string[]): DiffLine[] {
  const changes = diffArrays(was, is, { maxEditLength: MOST_CHANGES })
  if (changes === undefined) return [...was.map(line('was')), ...is.map(line('is'))]
  return changes.flatMap(({ value, added, removed }) => value.map(line(removed ? 'was' : added ? 'is' : 'both')))
}
