/** One vector of an item: a segment, or the whole item (`segment` null). */
export interface Point {
  itemId: string
  segment: number | null
  /** The vector space, `id@version`; an index separates spaces. */
  space: string
  vector: readonly number[]
  /** The words by which filters find it. The code that indexes and searches makes them. */
  words?: readonly string[]
  /** The data that neighbours return and filters use. Topic keys are `taxonomy/id`. */
  payload: { kind: string; language: string | null; topics: string[]; textHash: string | null; version: number }
}

/** A point has to match all given lists. An absent or empty list does not restrict. */
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

/** The requested kind of points, and their maximum number. */
export interface Places {
  limit: number
  /** `item`: whole-item vectors only; `segment`: segment vectors only. */
  level: 'item' | 'segment'
  filter?: SimilarityFilter
}

/** The vector with which points are compared. */
export interface Target {
  space: string
  vector: readonly number[]
  /** Also returns vectors (a replay searches in them): float32, scaled to length 1 regardless of their original length. */
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
  /** For an unknown space the answer is []. @throws {DimensionMismatch | InvalidVector} for the query's vector. */
  nearest(query: NearestQuery): Promise<Neighbour[]>
  /** The same for several kinds of places, with answers in their order, in one request or statement. @throws as `nearest` does. */
  nearestOfEach(target: Target, places: readonly Places[]): Promise<Neighbour[][]>
  /** Removes an item's points in all spaces; an unknown item is not an error. */
  remove(itemId: string): Promise<void>
  /**
   * Replaces all of an item's points in one space. Afterwards the space holds exactly `points` for the item, and the next `nearest`
   * sees them. It writes all or nothing, as far as the engine allows. Of two points for the same place the later one wins.
   * @throws {TypeError} if a point belongs to another item or space; nothing is written.
   * @throws {DimensionMismatch} if a vector's length is not its space's; nothing is written.
   * @throws {InvalidVector} if a vector is empty, too long or has a component that is not a finite float32; nothing is written.
   */
  replaceItem(itemId: string, space: string, points: readonly Point[]): Promise<void>
  /**
   * The name of the store that holds a space's points; null if there is none. A store that was lost and created again has another name.
   * So code that remembers by this name how far it filled the store notices the loss.
   */
  holder(space: string): Promise<string | null>
  /** The last seen name; it asks the engine only if none was seen. This is for reads, which create nothing. */
  knownHolder(space: string): Promise<string | null>
  /** Creates the store of a space's points if it is missing, and returns its name. */
  prepare(space: string, dimension: number): Promise<string>
}

/** The answer to a ping. `warnings` tell people what may not work, and what to do about it. */
export interface EngineInfo {
  version: string | null
  warnings: readonly string[]
}

/** The engine behind all tenants' indexes. */
export interface SimilarityEngine {
  readonly name: string
  /** The place of its points, for people. */
  readonly place: string
  for(tenant: string): SimilarityIndex
  /** Resolves when the engine answers. @throws {SimilarityUnavailable | SimilarityUnauthorised | MissingCollection} */
  ping(): Promise<EngineInfo>
  close(): Promise<void>
}

/** An error of an index that is not the caller's mistake: a run continues without neighbours, and says so. */
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
/** The engine does not answer, answers too late, or answers in an unknown form. A later attempt may succeed. */
export class SimilarityUnavailable extends SimilarityError {
  override readonly name = 'SimilarityUnavailable'
}
export class SimilarityUnauthorised extends SimilarityError {
  override readonly name = 'SimilarityUnauthorised'
}
/** The engine refused the request. Another attempt does not help. */
export class SimilarityRefused extends SimilarityError {
  override readonly name = 'SimilarityRefused'
}
/** The store of a space's points (a collection, a table) disappeared during a write. */
export class MissingCollection extends SimilarityError {
  override readonly name = 'MissingCollection'
}
