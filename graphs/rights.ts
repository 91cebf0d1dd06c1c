import { clipSpan } from '../src/content/clip.ts'
import type { Evidence } from '../src/content/evidence.ts'
import type { Rights } from '../src/content/item.ts'
import { locateQuote } from '../src/content/quote.ts'
import type { Finding } from '../src/content/understanding.ts'
import { countWords } from '../src/content/words.ts'
import type { Labels } from './drafts.ts'
import type { Places, Quoted } from './resolve-evidence.ts'
import type { Assembled } from './state.ts'

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

/** From so many words on a claim that stands in the texts is a quotation, and not the same words by chance. */
const QUOTATION_WORDS = 5

/**
 * Where rights allow offsets alone, a summary without the claims that are the item's own words: those of the embedded engine
 * are, and a model's may be. What a model has put in its own words stays. `notes` say what was left out.
 */
export function withoutQuotations(
  assembled: Assembled,
  rights: Rights,
  { reading }: Places,
): { assembled: Assembled; notes: string[] } {
  if (rights !== 'offsets') return { assembled, notes: [] }
  const notes: string[] = []
  const isQuotation = (claim: string) =>
    countWords(claim) >= QUOTATION_WORDS &&
    [reading.text, reading.description].some((text) => text !== '' && locateQuote(text, claim) !== null)
  const allowed = Object.entries(assembled).map(([agent, labels]): [string, Labels] => {
    if (labels.facet !== 'summary') return [agent, labels]
    const own = labels.labels.filter(({ text }) => !isQuotation(text))
    const left = labels.labels.length - own.length
    if (left > 0)
      notes.push(
        `${agent}: ${left} of ${labels.labels.length} claims left out: they are the item's own words, and its rights allow offsets only`,
      )
    return [agent, { facet: 'summary', labels: own }]
  })
  return { assembled: Object.fromEntries(allowed), notes }
}

/**
 * The verifier's findings hold quotes that a model gave, often nearly the item's words, and those about claims name them by theirs;
 * where rights allow offsets alone they point and say no more.
 */
export function findingsWithRights(findings: readonly Finding[], rights: Rights): Finding[] {
  if (rights !== 'offsets') return [...findings]
  return findings.map((finding) => {
    if (finding.by === 'verify')
      return { ...finding, message: `A quote for it does not stand in its text; ${KEPT_OUT}.` }
    const isAboutClaim = finding.pointer.startsWith('/summary/')
    return isAboutClaim ? { ...finding, message: `It is about a claim; ${KEPT_OUT}.` } : finding
  })
}

const KEPT_OUT = "the item's rights may keep the words out of the document"
