const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
/** `Intl.Segmenter` takes quadratic time in the length of its input, and an unbounded expression overflows the stack of its engine. */
const UNSPACED_RUN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{M}ー々]{1,400}/gu
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:['’.,:_@/-][\p{L}\p{N}\p{M}]+)*/gu
const segmenter = new Intl.Segmenter('en', { granularity: 'word' })

function countRun(run: string): number {
  let count = 0
  for (const part of segmenter.segment(run)) if (part.isWordLike === true) count++
  return count
}

/**
 * Counts words: runs of letters and digits, and in scripts without spaces the words that the dictionaries of ICU find. Linear
 * in the length of the text.
 */
export function countWords(text: string): number {
  if (!UNSPACED.test(text)) return text.match(WORD)?.length ?? 0
  let count = 0
  const spaced = text.replace(UNSPACED_RUN, (run) => {
    count += countRun(run)
    return ' '
  })
  return count + (spaced.match(WORD)?.length ?? 0)
}
