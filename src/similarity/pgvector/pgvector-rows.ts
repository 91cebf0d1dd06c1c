import { WHOLE_ITEM } from '../point-schemas.ts'
import type { Neighbour, Point } from '../similarity-index.ts'

/** A point in the form that the upsert reads. Its vector is in the array of all components, from `first` to `last` (from 1). */
export function toRows(points: readonly Point[]) {
  let last = 0
  return points.map(({ itemId, segment, space, vector, words, payload }) => {
    const first = last + 1
    last += vector.length
    const { textHash, ...rest } = payload
    const place = { item_id: itemId, segment: segment ?? WHOLE_ITEM, space }
    return { ...place, first, last, text_hash: textHash, words: words ?? [], ...rest }
  })
}

const FLOAT4_OID = 700
const HEADER_BYTES = 20
const BYTES_PER_COMPONENT = 8

/**
 * Encodes components as a `real[]` parameter in Postgres' binary format (`array_send`): dimensions, null flag, element type, length,
 * lower bound, then each element with its size. As text, parsing would take most of the time of a write: 6 times as long in total in
 * PGlite, where nothing else runs meanwhile.
 */
export function toRealArray(vectors: readonly (readonly number[])[]): Buffer {
  const count = vectors.reduce((sum, vector) => sum + vector.length, 0)
  const buffer = Buffer.alloc(HEADER_BYTES + count * BYTES_PER_COMPONENT)
  for (const [i, field] of [1, 0, FLOAT4_OID, count, 1].entries()) buffer.writeInt32BE(field, i * 4)
  let offset = HEADER_BYTES
  for (const vector of vectors) {
    for (const component of vector) {
      buffer.writeInt32BE(4, offset)
      buffer.writeFloatBE(component, offset + 4)
      offset += BYTES_PER_COMPONENT
    }
  }
  return buffer
}

export type NeighbourRow = {
  /** The index (from 0) of the requested kind of places that it belongs to. */
  asked: number
  item_id: string
  segment: number
  score: number
  kind: string
  language: string | null
  topics: string[]
  text_hash: string | null
  version: number
  vector: number[] | null
}

export function toNeighbour(row: NeighbourRow): Neighbour {
  const { kind, language, topics, text_hash, version } = row
  return {
    itemId: row.item_id,
    segment: row.segment === WHOLE_ITEM ? null : row.segment,
    score: row.score + 0, // Not -0.
    payload: { kind, language, topics, textHash: text_hash, version },
    vector: row.vector,
  }
}
