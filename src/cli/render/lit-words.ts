import { wordsOf } from '../../content/text/folded-words.ts'
import type { Style } from './terminal-style.ts'

/** A line of a quote, dim, and bold where a word of it is lit. Words are told by what they are: a wrapped line has places of its own. */
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

/** The words of a quote that a search lit; marks count in the text in which the quote starts at `start`. */
export function litWords({ quote, start, marks }: LitQuote): Set<string> {
  const from = start ?? 0
  return new Set(marks.map((mark) => (quote ?? '').slice(mark.start - from, mark.end - from)))
}

interface LitQuote {
  quote: string | null
  start: number | null
  marks: readonly { start: number; end: number }[]
}
