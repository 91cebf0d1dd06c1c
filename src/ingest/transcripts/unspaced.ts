// Scripts written without spaces between words. By extension, so that their marks and brackets (ー, 。, 「) belong to them.
const UNSPACED = String.raw`[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}！-／：-＠［-｀｛-･]`
const ENDS_UNSPACED = new RegExp(`${UNSPACED}$`, 'u')
const BEGINS_UNSPACED = new RegExp(`^${UNSPACED}`, 'u')

/** What stands between two stretches of one line of speech: a space, unless both sides are of scripts written without. */
export function gapBetween(before: string, after: string): '' | ' ' {
  return ENDS_UNSPACED.test(before.slice(-2)) && BEGINS_UNSPACED.test(after) ? '' : ' '
}

/** Lines that were wrapped for the screen as one line. */
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
