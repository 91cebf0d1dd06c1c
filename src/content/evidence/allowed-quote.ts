import type { Rights } from '../item.ts'
import { clipSpan, LONGEST_CLIP } from '../text/clip.ts'

/** Words of a text with their place: `text.slice(start, end) === quote`. */
export interface Quotation {
  quote: string
  start: number
  end: number
}

/** A place, with its words unless rights forbid them. */
export type AllowedQuote = Omit<Quotation, 'quote'> & Partial<Pick<Quotation, 'quote'>>

/**
 * Words as the rights of their item allow them: whole, a short part with the place of that part, or the place alone. What quotes an
 * item anywhere asks here, so that a quote is what stands at its place.
 * @param keep what a short part has to show, as an offset in the text
 */
export function allowedQuote({ quote, start, end }: Quotation, rights: Rights, keep = start): AllowedQuote {
  switch (rights) {
    case 'full':
      return { quote, start, end }
    case 'offsets':
      return { start, end }
    case 'clipped': {
      const part = clipSpan(quote, { start: 0, end: quote.length }, LONGEST_CLIP, keep - start)
      return { quote: quote.slice(part.start, part.end), start: start + part.start, end: start + part.end }
    }
  }
}
