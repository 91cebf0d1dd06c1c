// Scripts without spaces between words. `scx` (script extensions) includes their marks and brackets (ー, 。, 「).
const UNSPACED = String.raw`[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}！-／：-＠［-｀｛-･]`
const ENDS_UNSPACED = new RegExp(`${UNSPACED}$`, 'u')
const BEGINS_UNSPACED = new RegExp(`^${UNSPACED}`, 'u')

/** The separator between two parts of one line of speech: a space, unless both sides are in scripts without spaces. */
export function gapBetween(before: string, after: string): '' | ' ' {
  return ENDS_UNSPACED.test(before.slice(-2)) && BEGINS_UNSPACED.test(after) ? '' : ' '
}

/** Joins lines that were wrapped for the screen. */
export function joinLines(lines: readonly string[]): string {
  const parts: string[] = []
  let before = ''
  for (const line of lines) {
    if (line === '') continue
    parts.push(before === '' ? '' : gapBetween(before, line), line)
    before = line
  }
  return parts.join('')
}
