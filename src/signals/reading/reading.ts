import type { ItemKind } from '../../content/item.ts'
import type { Segment } from '../../content/transcript/segments.ts'

/** What the signals look at: one item, segmented, with a vector a segment where the embedder knows the language. */
export interface Reading {
  kind: ItemKind
  language: string | null
  title: string
  description: string
  /** The transcript's text; empty where there is none. */
  text: string
  segments: readonly Segment[]
  /** By segment index; null where no vector could be made. All of one space. */
  vectors: readonly (readonly number[] | null)[]
  /** Vectors of title and description, null where empty or in a language that the embedder does not know. */
  titleVector: readonly number[] | null
  descriptionVector: readonly number[] | null
  /** The vector space, null where no embedder knows the language. */
  space: string | null
}

/** An item of which nothing is read yet. */
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
