import type { ItemKind } from '../../content/item.ts'
import type { Segment } from '../../content/transcript/segments.ts'

/** What the signals are measured on: one item, cut into segments, with a vector for each segment if the embedder knows the language. */
export interface Reading {
  kind: ItemKind
  language: string | null
  title: string
  description: string
  /** The transcript's text. Empty if there is none. */
  text: string
  segments: readonly Segment[]
  /** By segment index. Null if no vector could be made. All vectors are in one space. */
  vectors: readonly (readonly number[] | null)[]
  /** The vectors of title and description. Null for an empty text, and if the embedder does not know the language. */
  titleVector: readonly number[] | null
  descriptionVector: readonly number[] | null
  /** The vector space. Null if no embedder knows the language. */
  space: string | null
}

/** An item of which nothing has been read yet. */
export const emptyReading: Reading = {
  kind: 'podcast_episode',
  language: null,
  title: '',
  description: '',
  text: '',
  segments: [],
  vectors: [],
  titleVector: null,
  descriptionVector: null,
  space: null,
}
