import { z } from 'zod'
import { Evidence } from '../evidence/evidence.ts'
import { EvidenceRef } from '../evidence/evidence-ref.ts'
import { sha256 } from '../text/hash.ts'
import { findEntry, type LabelType } from './label-type.ts'

/** A sentence of the summary with the words that support it. Its key is the hash of its original text, before rights shorten it. */
export const Claim = z
  .strictObject({ key: z.string(), text: z.string(), evidence: z.array(Evidence) })
  .meta({ id: 'Claim' })
export type Claim = z.infer<typeof Claim>
export const DraftClaim = z.strictObject({
  key: z.string(),
  text: z.string(),
  short: z.boolean(),
  refs: z.array(EvidenceRef),
})
export type DraftClaim = z.infer<typeof DraftClaim>

/** `short` and `long` are built from `claims` and from nothing else. */
export const Summary = z
  .strictObject({ short: z.string(), long: z.string(), claims: z.array(Claim) })
  .meta({ id: 'Summary' })
export type Summary = z.infer<typeof Summary>

type ClaimFields = Pick<Claim, 'key' | 'text'>

const Named = z.object({ text: z.string() })

export const claimKey = ({ text }: z.infer<typeof Named>): string => sha256(text)

const text = ({ text }: ClaimFields): string => text

export const claimLabel: LabelType<ClaimFields, DraftClaim, { summary: Summary | null }> = {
  facet: 'summary',
  title: 'Summary',
  draft: DraftClaim,
  objected: 'omit',
  pointer: (_, index) => `/summary/claims/${index}`,
  words: text,
  name: text,
  shown: ({ text }) => ({ name: text, detail: '', spokenAs: [] }),
  claim: text,
  isDoubtful: () => false,
  row: () => null,
  publish(claims, evidenceOf) {
    if (claims.length === 0) return { summary: null }
    const short = claims.filter((claim) => claim.short)
    return {
      summary: {
        short: (short.length > 0 ? short : claims.slice(0, 1)).map(text).join(' '),
        long: claims.map(text).join(' '),
        claims: claims.map((claim) => ({
          key: claim.key,
          text: claim.text,
          evidence: evidenceOf(claim.refs, claim.text),
        })),
      },
    }
  },
  published: ({ summary }) =>
    (summary?.claims ?? []).map((value, n) => ({ pointer: `/summary/claims/${n}`, fields: value, value })),
  inAnswer: (answer, label) => findEntry(answer, 'claims', (entry) => claimLabel.isOffered(entry, label)),
  isOffered(candidate, { key }) {
    const named = Named.safeParse(candidate).data
    return named !== undefined && claimKey(named) === key
  },
}
