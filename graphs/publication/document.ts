import type { Rights } from '../../src/content/item.ts'
import { type Contents, EMPTY } from '../../src/content/labels/contents.ts'
import type { EvidenceOf } from '../../src/content/labels/label-type.ts'
import { labelType } from '../../src/content/labels/label-types.ts'
import { type Places, resolveEvidence } from '../labels/resolve-evidence.ts'
import type { Assembled } from '../state.ts'
import { withRights } from './rights.ts'

/** The labels of a document with their evidence, from settled drafts. */
export function contentsOf(settled: Assembled, places: Places, rights: Rights): Contents {
  const evidenceOf: EvidenceOf = (refs, words) =>
    refs.flatMap((ref) => {
      const evidence = resolveEvidence(ref, words, places)
      return evidence === null ? [] : [withRights(evidence, rights)]
    })
  const contents: Contents = { ...EMPTY, extra: {} }
  for (const { facet, labels } of Object.values(settled)) {
    const { extra = {}, ...part } = labelType(facet).publish(labels, evidenceOf)
    Object.assign(contents, part)
    Object.assign(contents.extra, extra)
  }
  return contents
}
