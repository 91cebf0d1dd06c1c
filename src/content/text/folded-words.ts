/** A word of a text in the form that matching compares: folded, with its place in the original (UTF-16 offsets). */
export interface Word {
  folded: string
  start: number
  end: number
}

/** Scripts that are written without spaces between words: each of their characters counts as a word. */
const UNSPACED = '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}'
const RUN = /[\p{L}\p{N}\p{M}]+(?:['’]\p{L}[\p{L}\p{N}\p{M}]*)*/gu
const PIECE = new RegExp(`[${UNSPACED}]\\p{M}*|[^${UNSPACED}]+`, 'gu')
const UNSPACED_CHARACTER = new RegExp(`^[${UNSPACED}]`, 'u')
const WORD_CHARACTER = /^[\p{L}\p{N}\p{M}]/u

// One test of the whole run is much cheaper than splitting every word: most text is in scripts with spaces.
const PLAIN = /^(?:[\0-\x7f]*|[\u3040-\u9fff])$/
const HAS_UNSPACED = new RegExp(`[${UNSPACED}]`, 'u')

/** One form for case, width and apostrophes, so that `Don’t` and `don't` are the same word. */
export function fold(word: string): string {
  return PLAIN.test(word) ? word.toLowerCase() : word.normalize('NFKC').toLowerCase().replaceAll('’', "'")
}

/** The words of a text in order, without punctuation and spaces. Linear in the text's length. */
export function wordsOf(text: string, offset = 0): Word[] {
  const words: Word[] = []
  const unspaced = HAS_UNSPACED.test(text)
  for (const { 0: run, index } of text.matchAll(RUN)) {
    const start = index + offset
    if (!unspaced || !HAS_UNSPACED.test(run)) words.push({ folded: fold(run), start, end: start + run.length })
    else
      for (const { 0: piece, index: at } of run.matchAll(PIECE))
        words.push({ folded: fold(piece), start: start + at, end: start + at + piece.length })
  }
  return words
}

function characterAt(text: string, index: number): string {
  const code = text.codePointAt(index)
  return code === undefined ? '' : String.fromCodePoint(code)
}

/** Whether a cut at `index` would separate two letters of one word. Always false in scripts without spaces. */
export function insideWord(text: string, index: number): boolean {
  if (index <= 0 || index >= text.length) return false
  const low = (text.charCodeAt(index - 1) & 0xfc00) === 0xdc00
  const before = characterAt(text, low && index > 1 ? index - 2 : index - 1)
  const after = characterAt(text, index)
  if (!WORD_CHARACTER.test(before) || !WORD_CHARACTER.test(after)) return false
  return !UNSPACED_CHARACTER.test(before) && !UNSPACED_CHARACTER.test(after)
}
