import { v5 } from 'uuid'
import { labelType } from '../../src/content/labels/label-types.ts'
import type { NewReview } from '../../src/database/records.ts'
import { type Places, resolveEvidence } from '../labels/resolve-evidence.ts'
import type { NodeRun } from '../step.ts'
import { findingsWithRights, withRights } from './rights.ts'
import type { Withheld } from './settle.ts'

/** Namespace of review ids. It makes a run that is executed again open the same review. */
const REVIEWS = '5e0d8f4b-8c1d-4f0a-9a53-6d1f0f4b2c11'

/** What a person is asked about the labels that were withheld. */
export function reviewsFor(withheld: readonly Withheld[], places: Places, { run, item }: NodeRun): NewReview[] {
  return withheld.map(({ facet, label, findings }) => ({
    id: v5(`${run.id}\n${facet}\n${label.key}`, REVIEWS),
    facet,
    key: label.key,
    question: {
      title: item.title,
      label,
      findings: findingsWithRights(findings, item.rights),
      evidence: (label.refs ?? []).flatMap((ref) => {
        const evidence = resolveEvidence(ref, labelType(facet).words(label), places)
        return evidence === null ? [] : [withRights(evidence, item.rights)]
      }),
    },
  }))
}
