import { clipSpan } from '../src/content/clip.ts'
import type { Evidence } from '../src/content/evidence.ts'
import type { Rights } from '../src/content/item.ts'
import type { Quoted } from './resolve-evidence.ts'

/** Longest quote, in UTF-16 units, where rights allow clips only. */
const CLIP = 90

/** Evidence as the item's rights allow it: whole quotes, short ones with their own span, or offsets alone. */
export function withRights({ quote, ...evidence }: Quoted, rights: Rights): Evidence {
  switch (rights) {
    case 'full':
      return { ...evidence, quote }
    case 'offsets':
      return evidence
    case 'clipped': {
      const { start, end } = clipSpan(quote, { start: 0, end: quote.length }, CLIP)
      return { ...evidence, quote: quote.slice(start, end), start: evidence.start + start, end: evidence.start + end }
    }
  }
}
