/** One vector of an item: a segment, or the whole item (`segment` null). */
export interface Point {
  itemId: string
  segment: number | null
  /** The vector space, `id@version`; an index keeps spaces apart. */
  space: string
  vector: readonly number[]
  /** Words that it can be found by, as whoever indexes and searches makes them: only filters see them. */
  words?: readonly string[]
  /** What neighbours are asked for with, and what filters see. Topic keys are `taxonomy/id`. */
  payload: { kind: string; language: string | null; topics: string[]; textHash: string | null; version: number }
}

/** Each given list restricts, all of them together; a list that is absent or empty does not. */
export interface SimilarityFilter {
  kinds?: readonly string[]
  /** Language ranges: `en` finds `en-GB` too, `en-GB` not `en`, `*` any language. */
  languages?: readonly string[]
  /** `taxonomy/id`; an item matches if it has any of them. */
  topics?: readonly string[]
  /** A point matches if it has any of these words. */
  words?: readonly string[]
  excludeItems?: readonly string[]
}

/** Which points are asked for, and how many of them at most. */
export interface Places {
  limit: number
  /** `item`: whole-item vectors only; `segment`: segment vectors only. */
  level: 'item' | 'segment'
  filter?: SimilarityFilter
}

/** What points are compared with. */
export interface Target {
  space: string
  vector: readonly number[]
  /** Return vectors too (a replay searches inside them): float32, scaled to length 1 whatever length they came with. */
  withVectors?: boolean
}

export interface NearestQuery extends Target, Places {}

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
  /** An unknown space has no points: []. @throws {DimensionMismatch | InvalidVector} for the vector asked with. */
  nearest(query: NearestQuery): Promise<Neighbour[]>
  /** The same for several kinds of places at once, answered in their order: one request or statement. @throws as `nearest` does. */
  nearestOfEach(target: Target, places: readonly Places[]): Promise<Neighbour[][]>
  /** Removes an item's points in all spaces; removing an unknown item is no error. */
  remove(itemId: string): Promise<void>
  /**
   * Replaces all of an item's points in one space: afterwards exactly `points` are there, and visible to the next `nearest`. All or
   * nothing as far as the engine allows. Of two points for the same place the later one wins.
   * @throws {TypeError} if a point belongs to another item or space; nothing is written.
   * @throws {DimensionMismatch} if a vector's length is not its space's; nothing is written.
   * @throws {InvalidVector} if a vector is empty, too long or has a component that is not a finite float32; nothing is written.
   */
  replaceItem(itemId: string, space: string, points: readonly Point[]): Promise<void>
  /**
   * Names what holds a space's points now; null where nothing does. What had to be made again has another name: who remembers under this
   * name how far it was filled notices that it was lost.
   */
  holder(space: string): Promise<string | null>
  /** The same as it was last seen, without asking where it was seen before: for reads, which make nothing. */
  knownHolder(space: string): Promise<string | null>
  /** Makes what holds a space's points where it is missing, and names it. */
  prepare(space: string, dimension: number): Promise<string>
}

/** What answered a ping. `warnings` are for people: what may not work, and what to do about it. */
export interface EngineInfo {
  version: string | null
  warnings: readonly string[]
}

/** The engine behind all tenants' indexes. */
export interface SimilarityEngine {
  readonly name: string
  /** Where its points stand, for people to read. */
  readonly place: string
  for(tenant: string): SimilarityIndex
  /** Resolves when the engine answers. @throws {SimilarityUnavailable | SimilarityUnauthorised | MissingCollection} */
  ping(): Promise<EngineInfo>
  close(): Promise<void>
}

/** What an index throws apart from a caller's own mistakes: a run goes on without neighbours, and says so. */
export class SimilarityError extends Error {
  override readonly name: string = 'SimilarityError'
}
export class DimensionMismatch extends SimilarityError {
  override readonly name = 'DimensionMismatch'
  constructor(space: string, expected: number, got: number) {
    super(
      `vector space ${space} holds vectors of ${expected} components, got ${got}; re-embed under a new space version`,
    )
  }
}
export class InvalidVector extends SimilarityError {
  override readonly name = 'InvalidVector'
}
/** The engine does not answer, or not in time, or not in its own language. Worth trying again later. */
export class SimilarityUnavailable extends SimilarityError {
  override readonly name = 'SimilarityUnavailable'
}
export class SimilarityUnauthorised extends SimilarityError {
  override readonly name = 'SimilarityUnauthorised'
}
/** The engine answered that it will not do this. Trying again changes nothing. */
export class SimilarityRefused extends SimilarityError {
  override readonly name = 'SimilarityRefused'
}
/** The place where a space's points stand (a collection, a table) went away under a write. */
export class MissingCollection extends SimilarityError {
  override readonly name = 'MissingCollection'
}
