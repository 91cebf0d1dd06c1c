/** The form in which decisions and merges compare names: NFKD without marks, lower case, single spaces. */
export function foldName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

const isWordChar = (char: string | undefined): boolean => char !== undefined && /[\p{L}\p{N}]/u.test(char)

/** UTF-16 offsets at which the text has a name as a whole word, in the same case; longer names first, no overlaps. */
export function mentionsOf(text: string, names: readonly string[]): { start: number; end: number }[] {
  const taken: { start: number; end: number }[] = []
  for (const name of [...new Set(names)].filter((each) => each.length > 1).sort((a, b) => b.length - a.length)) {
    for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + name.length)) {
      const end = at + name.length
      if (isWordChar(text[at - 1]) || isWordChar(text[end])) continue
      if (!taken.some((other) => at < other.end && end > other.start)) taken.push({ start: at, end })
    }
  }
  return taken.sort((a, b) => a.start - b.start)
}
