import { unitVector } from './cosine.ts'
import { DimensionMismatch, type Neighbour, type Point } from './similarity-index.ts'

/** The stored segment number of a whole-item point: a key needs a value, and this one sorts before all segments. */
export const WHOLE_ITEM = -1

/**
 * Prepares points for writing: it checks vectors and scales them to length 1, makes strings acceptable to databases and JSON
 * parsers, and keeps only the last point for each place (space, item, segment).
 * @throws {InvalidVector} for the first bad vector.
 */
export function preparePoints(points: readonly Point[]): Point[] {
  const places = new Map<string, Point>()
  for (const point of points) {
    if (point.segment !== null && !(Number.isInteger(point.segment) && point.segment >= 0))
      throw new TypeError(`segment ${point.segment} of item ${point.itemId} is not a number of a segment`)
    const { kind, language, topics, textHash, version } = point.payload
    const prepared: Point = {
      itemId: storable(point.itemId),
      segment: point.segment,
      space: storable(point.space),
      vector: unitVector(point.vector, placeName(point)),
      words: (point.words ?? []).map(storable),
      payload: {
        kind: storable(kind),
        language: language === null ? null : storable(language),
        topics: topics.map(storable),
        textHash: textHash === null ? null : storable(textHash),
        version,
      },
    }
    places.set(JSON.stringify([prepared.space, prepared.itemId, prepared.segment]), prepared)
  }
  return [...places.values()]
}

/** @throws {DimensionMismatch} unless the points of each space have its `known` length, or one common length if none is known. */
export async function checkDimensions(
  points: readonly Point[],
  known: (space: string) => Promise<number | undefined>,
): Promise<void> {
  const expected = new Map<string, number>()
  for (const { space, vector } of points) {
    const dimension = expected.get(space) ?? (await known(space)) ?? vector.length
    expected.set(space, dimension)
    if (vector.length !== dimension) throw new DimensionMismatch(space, dimension, vector.length)
  }
}

/** @throws {TypeError} if a point does not belong to the replaced item and space. */
export function checkOwnership(itemId: string, space: string, points: readonly Point[]): void {
  const stray = points.find((point) => point.itemId !== itemId || point.space !== space)
  if (stray !== undefined)
    throw new TypeError(`${placeName(stray)} in ${stray.space} does not belong to item ${itemId} in ${space}`)
}

/** Nearest first; ties by item id (in code point order, as databases sort), then the whole item, then its segments. */
export function byScore(a: Neighbour, b: Neighbour): number {
  return (
    b.score - a.score ||
    Buffer.compare(Buffer.from(a.itemId), Buffer.from(b.itemId)) ||
    (a.segment ?? WHOLE_ITEM) - (b.segment ?? WHOLE_ITEM)
  )
}

/** A string that Postgres and strict JSON parsers accept: no lone surrogates, no NUL. */
export function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD')
}

function placeName(point: Pick<Point, 'itemId' | 'segment'>): string {
  return point.segment === null ? `item ${point.itemId}` : `segment ${point.segment} of item ${point.itemId}`
}
