import { allowedQuote } from '../../src/content/evidence/allowed-quote.ts'
import type { Evidence } from '../../src/content/evidence/evidence.ts'
import { locateQuote } from '../../src/content/evidence/locate-quote.ts'
import type { Rights } from '../../src/content/item.ts'
import { claimLabel, type DraftClaim } from '../../src/content/labels/claim-label.ts'
import type { FacetLabels } from '../../src/content/labels/label-types.ts'
import { shortened } from '../../src/content/text/clip.ts'
import { countWords } from '../../src/content/text/count-words.ts'
import type { Finding } from '../../src/content/understanding-schema.ts'
import type { Places, Quoted } from '../labels/resolve-evidence.ts'
import type { Assembled } from '../state.ts'

/** Evidence as the item's rights allow it: whole quotes, short ones with their own span, or offsets alone. */
export function withRights({ quote, ...evidence }: Quoted, rights: Rights): Evidence {
  return { ...evidence, ...allowedQuote({ ...evidence, quote }, rights) }
}

/** From this many words on, a claim that is found in the texts is a quotation and not the same words by chance. */
const QUOTATION_WORDS = 5

/**
 * Summaries as the rights allow them. A claim in the item's own words is a quotation: those of the embedded engine are, and a model's may
 * be. With clips, quotations are shortened as quotes are. With offsets alone, they are left out. What a model has put in its own words
 * stays. `notes` say what was done.
 */
export function claimsWithRights(
  assembled: Assembled,
  rights: Rights,
  { reading }: Places,
): { assembled: Assembled; notes: string[] } {
  if (rights === 'full') return { assembled, notes: [] }
  const notes: string[] = []
  const isQuotation = (claim: string) =>
    countWords(claim) >= QUOTATION_WORDS &&
    [reading.text, reading.description].some((text) => text !== '' && locateQuote(text, claim) !== null)
  const allowed = Object.entries(assembled).map(([agent, { facet, labels }]): [string, FacetLabels] => {
    if (facet !== claimLabel.facet) return [agent, { facet, labels }]
    const claims = claimLabel.draft.array().parse(labels)
    const made = claims.map((claim) => (isQuotation(claim.text) ? quotation(claim, rights) : claim))
    const changed = made.filter((claim, n) => claim !== claims[n]).length
    if (changed > 0) notes.push(`${agent}: ${changed} of ${claims.length} claims ${DONE[rights]}`)
    return [agent, { facet, labels: made.flatMap((claim) => claim ?? []) }]
  })
  return { assembled: Object.fromEntries(allowed), notes }
}

const DONE: Record<Exclude<Rights, 'full'>, string> = {
  clipped: "shortened: they are the item's own words, and its rights allow clips only",
  offsets: "left out: they are the item's own words, and its rights allow offsets only",
}

/** A claim in the item's own words, shortened or null. The same claim if nothing has to be cut. */
function quotation(claim: DraftClaim, rights: Exclude<Rights, 'full'>): DraftClaim | null {
  if (rights === 'offsets') return null
  const text = shortened(claim.text)
  return text === claim.text ? claim : { ...claim, text }
}

/**
 * The verifier's findings hold quotes that a model gave, often nearly the item's words. Findings about claims also contain the words of
 * the claim. So, unless rights are full, findings only point and quote nothing.
 */
export function findingsWithRights(findings: readonly Finding[], rights: Rights): Finding[] {
  if (rights === 'full') return [...findings]
  return findings.map((finding) => {
    if (finding.by === 'verify')
      return { ...finding, message: `A quote for it does not stand in its text; ${KEPT_OUT}.` }
    const isAboutClaim = finding.pointer.startsWith('/summary/')
    return isAboutClaim ? { ...finding, message: `It is about a claim; ${KEPT_OUT}.` } : finding
  })
}

const KEPT_OUT = "the item's rights may keep the words out of the document"
