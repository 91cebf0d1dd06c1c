import { wordsOf } from '../../content/text/folded-words.ts'
import type { Style } from './terminal-style.ts'

/**
 * A line of a quote in dim, with the lit words in bold. Words are compared by their text, because a line of a wrapped quote has lost its
 * offsets.
 */
export function litLine(line: string, lit: ReadonlySet<string>, { dim, bold }: Pick<Style, 'dim' | 'bold'>): string {
  let shown = ''
  let at = 0
  for (const { start, end } of wordsOf(line)) {
    const word = line.slice(start, end)
    if (!lit.has(word)) continue
    shown += (start > at ? dim(line.slice(at, start)) : '') + bold(word)
    at = end
  }
  return shown + (at < line.length ? dim(line.slice(at)) : '')
}

/** The words of a quote that a search lit. The marks are offsets in the text in which the quote begins at `start`. */
export function litWords({ quote, start, marks }: LitQuote): Set<string> {
  const from = start ?? 0
  return new Set(marks.map((mark) => (quote ?? '').slice(mark.start - from, mark.end - from)))
}

interface LitQuote {
  quote: string | null
  start: number | null
  marks: readonly { start: number; end: number }[]
}
