/**
 * One title of headings that stand above the same words, in their order: `Part one` and `Chapter one` are "Part one: Chapter one".
 * A heading that says the same again adds nothing.
 */
export function joinedTitle(titles: readonly string[]): string {
  const distinct = titles.filter((title, at) => title !== titles[at - 1])
  return distinct.map((title, at) => joint(distinct[at - 1]) + title).join('')
}

/** What stands between a title and the next: a colon, unless it ends with a mark of its own. */
function joint(before: string | undefined): '' | ' ' | ': ' {
  if (before === undefined) return ''
  const end = before.slice(-1)
  return /\p{P}/u.test(end) && !/[)\]}"'”’»]/.test(end) ? ' ' : ': '
}
