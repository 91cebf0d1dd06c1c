import { clipSpan } from '../text/clip.ts'
import { wordsOf } from '../text/folded-words.ts'
import { sentences } from '../text/sentences.ts'

/** A longer sentence is cut to this length, in UTF-16 units. */
const MAX_SENTENCE = 300

/** Two words count as forms of one word if they agree in all but the last letters. */
function sameWord(a: string, b: string): boolean {
  if (a === b) return true
  const shared = Math.max(4, Math.min(a.length, b.length) - 2)
  return (
    Math.min(a.length, b.length) >= shared &&
    Math.abs(a.length - b.length) <= 4 &&
    a.slice(0, shared) === b.slice(0, shared)
  )
}

/**
 * Chooses the sentence of a segment that supports a label best: the one with the most of the label's words, else the longest
 * one. Among equals the earlier wins. The result has at most 300 UTF-16 units, cut between words around the first word of the
 * label. Offsets are into `segmentText`; `start === end` only where `segmentText` is empty.
 */
export function sentenceFor(segmentText: string, words: readonly string[]): { start: number; end: number } {
  const wanted = [...new Set(words.flatMap((word) => wordsOf(word).map(({ folded }) => folded)))]
  let best: { start: number; end: number; keep: number; rank: [number, number] } | null = null
  for (const span of sentences(segmentText)) {
    const own = wordsOf(segmentText.slice(span.start, span.end), span.start)
    const hits = wanted.filter((word) => own.some(({ folded }) => sameWord(word, folded)))
    const keep = own.find(({ folded }) => hits.some((word) => sameWord(word, folded)))?.start ?? span.start
    const rank: [number, number] = [hits.length, own.length]
    if (best === null || rank[0] > best.rank[0] || (rank[0] === best.rank[0] && rank[1] > best.rank[1]))
      best = { ...span, keep, rank }
  }
  if (best === null) return { start: 0, end: 0 }
  return clipSpan(segmentText, best, MAX_SENTENCE, best.keep)
}
