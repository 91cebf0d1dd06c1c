import { v5 } from 'uuid'
import type { NewReview } from '../../src/database/records.ts'
import { labelText } from '../labels/label-text.ts'
import { type Places, resolveEvidence } from '../labels/resolve-evidence.ts'
import type { NodeRun } from '../step.ts'
import { withRights } from './rights.ts'
import type { Withheld } from './settle.ts'

/** Namespace of review ids, so that a run that is executed again opens the same review. */
const REVIEWS = '5e0d8f4b-8c1d-4f0a-9a53-6d1f0f4b2c11'

/** What a person is asked about labels that were withheld. */
export function reviewsFor(withheld: readonly Withheld[], places: Places, { run, item }: NodeRun): NewReview[] {
  return withheld.map(({ label, findings }) => ({
    id: v5(`${run.id}\nsuitability\n${label.key}`, REVIEWS),
    facet: 'suitability',
    key: label.key,
    question: {
      title: item.title,
      label,
      findings,
      evidence: label.refs.flatMap((ref) => {
        const evidence = resolveEvidence(ref, labelText.suitability(label), places)
        return evidence === null ? [] : [withRights(evidence, item.rights)]
      }),
    },
  }))
}
