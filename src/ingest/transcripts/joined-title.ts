/**
 * One title of headings that stand above the same words, in their order: `Part one` and `Chapter one` are "Part one: Chapter one".
 * A heading that says the same again adds nothing.
 */
export function joinedTitle(titles: readonly string[]): string {
  let joined = ''
  for (const [at, title] of titles.entries()) {
    if (title === titles[at - 1]) continue
    joined += joined === '' ? title : (/[\p{P}]$/u.test(joined) && !/[)\]}"'”’»]$/.test(joined) ? ' ' : ': ') + title
  }
  return joined
}
