import type { EvidenceRef } from '../../src/content/evidence/evidence-ref.ts'
import { labelType } from '../../src/content/labels/label-types.ts'
import type { KeyedClaim } from '../agents/define-agent.ts'
import type { Assembled } from '../state.ts'
import { type Places, resolveEvidence } from './resolve-evidence.ts'

/** The models' labels as the critic sees them. The critic does not judge what people and publishers say. */
export function reviewedClaims(assembled: Assembled, places: Places): KeyedClaim[] {
  const quotes = (refs: readonly EvidenceRef[], about: string) =>
    refs.flatMap((ref) => {
      const evidence = resolveEvidence(ref, about, places)
      return evidence === null ? [] : [{ quote: evidence.quote, match: evidence.match, segment: evidence.segment }]
    })
  return Object.entries(assembled).flatMap(([agent, { facet, labels }]) => {
    const type = labelType(facet)
    if (type.objected === 'not-asked') return []
    return labels.flatMap((label, n): KeyedClaim[] =>
      (label.origin ?? 'model') !== 'model'
        ? []
        : [
            {
              pointer: type.pointer(label, n),
              key: label.key,
              agent,
              label: type.claim(label),
              score: label.score ?? null,
              evidence: quotes(label.refs ?? [], type.words(label)),
            },
          ],
    )
  })
}
