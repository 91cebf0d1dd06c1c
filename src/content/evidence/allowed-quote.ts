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
 * Shortens a quote to what the rights of its item allow: the whole quote, a short part with the place of that part, or the place
 * alone. All code that quotes an item calls this function, so that a quote always equals the text at its place.
 * @param keep an offset in the text that a short part has to contain
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
