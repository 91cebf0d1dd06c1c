import type { Understanding } from '../understanding-schema.ts'
import { LABEL_TYPES } from './label-types.ts'

/** One label of a published document. */
export interface DocumentLabel {
  facet: string
  /** JSON pointer into the document: `/topics/0`, `/summary/claims/2`, `/attributes/format`. */
  pointer: string
  /** The identity of the label. It is the same in another version, even if the rest of the label differs. */
  key: string
  /** The label in words, for people. */
  name: string
  fields: { key: string }
  value: unknown
}

/** All labels of a document, facet by facet, in the order of the document. */
export function documentLabels(document: Understanding): DocumentLabel[] {
  return LABEL_TYPES.flatMap((type) =>
    type.published(document).map(({ pointer, fields, value }) => ({
      facet: type.facet,
      pointer,
      key: fields.key,
      name: type.name(fields),
      fields,
      value,
    })),
  )
}
