import { z } from 'zod'
import { attributeLabel } from './attribute-label.ts'
import { chapterLabel } from './chapter-label.ts'
import { claimLabel } from './claim-label.ts'
import type { Contents } from './contents.ts'
import { entityLabel } from './entity-label.ts'
import type { DraftLabel, LabelType } from './label-type.ts'
import { suitabilityLabel } from './suitability-label.ts'
import { topicLabel } from './topic-label.ts'

/** A label type whose fields the caller does not know. */
export type AnyLabelType = LabelType<{ key: string }, DraftLabel, Partial<Contents>>

/** All kinds of labels. A facet of your own is one more entry; all other code finds it here. */
export const LABEL_TYPES: readonly AnyLabelType[] = [
  topicLabel,
  entityLabel,
  chapterLabel,
  suitabilityLabel,
  claimLabel,
  attributeLabel,
]

/** Parts of the document, each the contribution of one agent. */
export const FACETS: readonly string[] = LABEL_TYPES.map(({ facet }) => facet)
export const Facet = z.enum(FACETS)
export type Facet = string

const byFacet = new Map(LABEL_TYPES.map((type) => [type.facet, type]))

/** @throws {Error} for a facet without a type: an agent names one that label-types.ts does not list. */
export function labelType(facet: string): AnyLabelType {
  const type = byFacet.get(facet)
  if (type === undefined)
    throw new Error(`no label type has the facet "${facet}": add it to src/content/labels/label-types.ts`)
  return type
}

/** The labels of one facet before publication. */
export interface FacetLabels {
  facet: string
  labels: readonly DraftLabel[]
}

/** Reads stored labels, each by the schema of its facet. */
export const FacetLabels: z.ZodType<FacetLabels> = z
  .object({ facet: Facet, labels: z.array(z.unknown()) })
  .transform(({ facet, labels }, context) => {
    const parsed = z.array(labelType(facet).draft).safeParse(labels)
    if (parsed.success) return { facet, labels: parsed.data }
    for (const { path, message } of parsed.error.issues)
      context.addIssue({ code: 'custom', path: ['labels', ...path], message })
    return z.NEVER
  })
