import { z } from 'zod'
import { Evidence } from '../../../content/evidence/evidence.ts'
import { chapterLabel } from '../../../content/labels/chapter-label.ts'
import { claimLabel } from '../../../content/labels/claim-label.ts'
import { Origin, type PublishedLabel } from '../../../content/labels/label-type.ts'
import { type AnyLabelType, FACETS, type Facet, labelType } from '../../../content/labels/label-types.ts'
import { Risk } from '../../../content/labels/suitability-label.ts'
import type { Understanding } from '../../../content/understanding-schema.ts'
import { groupBy } from '../parts/group-by.ts'
import { type Place, type PlaceText, placesOf } from './label-places.ts'

/** One label of a version, in the form that is shown for all facets. */
export interface LabelView {
  /** JSON pointer into the document, `/topics/0`. */
  pointer: string
  /** The same as an id in the page, `topics-0`. Quotes use it to name the labels that they support. */
  id: string
  name: string
  /** What is shown beside its name. */
  detail: string
  score: number | null
  origin: Origin | null
  contested: boolean
  risk: Risk | null
  evidence: readonly Evidence[]
  /** Its places in the transcript, in order. */
  places: readonly Place[]
}

export interface FacetView {
  facet: Facet
  title: string
  labels: LabelView[]
  /** Why the facet, or a part of it, was not answered, unless that is one of the {@link commonAbstentions | reasons of several}. */
  abstained: string[]
  /** True if it has no labels because it was not answered. */
  unanswered: boolean
}

/** The facets that a page lists, the summary first. Chapters are in the timeline. */
const LISTED_FACETS = [
  claimLabel.facet,
  ...FACETS.filter((facet) => facet !== claimLabel.facet && facet !== chapterLabel.facet),
]

/** The labels of a version by facet. */
export function facetsOf(document: Understanding, words: PlaceText): FacetView[] {
  const common = new Set(commonAbstentions(document).map(({ reason }) => reason))
  return LISTED_FACETS.map((facet) => {
    const type = labelType(facet)
    const labels = type.published(document).map((label) => labelView(type, label, words))
    const reasons = document.abstentions.filter((one) => one.facet === facet).map(({ reason }) => reason)
    return {
      facet,
      title: type.title,
      labels,
      abstained: reasons.filter((reason) => !common.has(reason)),
      unanswered: labels.length === 0 && reasons.length > 0,
    }
  })
}

/** What labels of most facets have. */
const Judged = z.object({
  score: z.number().nullable().default(null),
  origin: Origin.nullable().default(null),
  contested: z.boolean().default(false),
  risk: Risk.nullable().default(null),
  evidence: z.array(Evidence).default([]),
})

function labelView(
  type: AnyLabelType,
  { pointer, fields, value }: PublishedLabel<{ key: string }>,
  words: PlaceText,
): LabelView {
  const { name, detail, spokenAs } = type.shown(fields)
  const judged = Judged.parse(value)
  return {
    pointer,
    id: pointer.slice(1).replaceAll('/', '-'),
    name,
    detail,
    ...judged,
    places: placesOf(judged.evidence, spokenAs, words),
  }
}

/** Reasons that several facets share, and reasons of what has no section of its own. Each is shown once, for all. */
export function commonAbstentions({ abstentions }: Pick<Understanding, 'abstentions'>): {
  reason: string
  facets: string[]
}[] {
  return [...groupBy(abstentions, ({ reason }) => reason)]
    .map(([reason, some]) => ({ reason, facets: [...new Set(some.map(({ facet }) => facet))] }))
    .filter(({ facets: [first = '', ...more] }) => more.length > 0 || first === 'chapters' || !FACETS.includes(first))
}
