/** One vector of an item: a segment, or the whole item (`segment` null). */
export interface Point {
  itemId: string
  segment: number | null
  /** The vector space, `id@version`; an index keeps spaces apart. */
  space: string
  vector: readonly number[]
  /** What neighbours are asked for with, and what filters see. Topic keys are `taxonomy/id`. */
  payload: { kind: string; language: string | null; topics: string[]; textHash: string | null; version: number }
}

export interface SimilarityFilter {
  kinds?: readonly string[]
  languages?: readonly string[]
  /** `taxonomy/id`; an item matches if it has any of them. */
  topics?: readonly string[]
  excludeItems?: readonly string[]
}

export interface NearestQuery {
  space: string
  vector: readonly number[]
  limit: number
  /** `item`: whole-item vectors only; `segment`: segment vectors only. */
  level: 'item' | 'segment'
  filter?: SimilarityFilter
  /** Return vectors too (a replay searches inside them). */
  withVectors?: boolean
}

/** `score` is cosine similarity clamped to [-1, 1] and rounded to 3 decimals; ties are broken by item id and segment. */
export interface Neighbour {
  itemId: string
  segment: number | null
  score: number
  payload: Point['payload']
  vector: number[] | null
}

/** Finds items whose content is close to a vector, nearest first. Bound to one tenant. */
export interface SimilarityIndex {
  /**
   * Inserts or replaces; all or nothing per batch as far as the engine allows, and visible to the next `nearest`.
   * @throws {DimensionMismatch} if a vector's length is not its space's. @throws {InvalidVector} if a component is not a finite float32.
   */
  upsert(points: readonly Point[]): Promise<void>
  /** An unknown space has no points: []. */
  nearest(query: NearestQuery): Promise<Neighbour[]>
  /** Removes an item's points in all spaces; removing an unknown item is no error. */
  remove(itemId: string): Promise<void>
  /** Replaces all of an item's points in one space: afterwards exactly `points` are there. */
  replaceItem(itemId: string, space: string, points: readonly Point[]): Promise<void>
}

/** The engine behind all tenants' indexes. */
export interface SimilarityEngine {
  readonly name: string
  for(tenant: string): SimilarityIndex
  /** Resolves when the engine answers. @throws {SimilarityUnavailable | SimilarityUnauthorised} */
  ping(): Promise<void>
  close(): Promise<void>
}

export class DimensionMismatch extends Error {
  override readonly name = 'DimensionMismatch'
  constructor(space: string, expected: number, got: number) {
    super(
      `vector space ${space} holds vectors of ${expected} components, got ${got}; re-embed under a new space version`,
    )
  }
}
export class InvalidVector extends Error {
  override readonly name = 'InvalidVector'
}
export class SimilarityUnavailable extends Error {
  override readonly name = 'SimilarityUnavailable'
}
export class SimilarityUnauthorised extends Error {
  override readonly name = 'SimilarityUnauthorised'
}
