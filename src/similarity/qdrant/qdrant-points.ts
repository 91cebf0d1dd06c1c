import { v5 as uuidv5 } from 'uuid'
import { z } from 'zod'
import { roundScore } from '../cosine.ts'
import { rangesThatFind } from '../language-ranges.ts'
import { WHOLE_ITEM } from '../point-schemas.ts'
import type { Neighbour, Places, Point } from '../similarity-index.ts'

const NAMESPACE = '6a1d2c0e-5b0f-4f0e-9d55-2f1c6b7a9e34'
/** The form of the stored points, as part of the holder's name: points in another form are written again. */
export const POINT_FORM = 'words'
/** Keeps bodies well below the server's limit of 32 MB; with 512 components a batch is about 1.4 MB. */
const BATCH_POINTS = 256
const BATCH_COMPONENTS = 500_000

/** The id of a place. The same place always has the same id, so that a repeated write replaces it. Qdrant accepts only UUIDs. */
export function pointId(tenant: string, point: Pick<Point, 'itemId' | 'segment' | 'space'>): string {
  return uuidv5(JSON.stringify([tenant, point.itemId, point.segment, point.space]), NAMESPACE)
}

const levelOf = (segment: number | null): Places['level'] => (segment === null ? 'item' : 'segment')

const StoredPayload = z.object({
  tenant: z.string(),
  item: z.string(),
  segment: z.int().min(WHOLE_ITEM),
  level: z.enum(['item', 'segment']),
  kind: z.string(),
  language: z.string().nullable(),
  topics: z.array(z.string()),
  text_hash: z.string().nullable(),
  version: z.int(),
})
type StoredPayload = z.infer<typeof StoredPayload>
/** The payload that only filters use; answers leave it out. */
export const FOUND_BY = ['language_ranges', 'words'] as const

export function toStored(tenant: string, point: Point) {
  const { textHash, ...rest } = point.payload
  const payload: StoredPayload & Record<(typeof FOUND_BY)[number], readonly string[]> = {
    tenant,
    item: point.itemId,
    segment: point.segment ?? WHOLE_ITEM,
    level: levelOf(point.segment),
    text_hash: textHash,
    language_ranges: rangesThatFind(rest.language),
    words: point.words ?? [],
    ...rest,
  }
  return { id: pointId(tenant, point), vector: [...point.vector], payload }
}

const Hits = z.object({
  points: z.array(z.object({ score: z.unknown(), payload: z.unknown(), vector: z.unknown() }).partial()),
})

interface Answer {
  neighbours: Neighbour[]
  /** The number of hits. */
  hits: number
}

/**
 * Converts the hits of each query of a batch to neighbours. It leaves out hits that this product cannot have written (another
 * payload, or the score `null` of a vector with an infinite component).
 * @throws {z.ZodError} if the answer is not that of a batch.
 */
export function readAnswers(answers: unknown, queries: number): Answer[] {
  return Hits.array().length(queries).parse(answers).map(readHits)
}

function readHits({ points }: z.infer<typeof Hits>): Answer {
  const neighbours = points.flatMap(({ score, payload, vector }) => {
    const stored = StoredPayload.safeParse(payload)
    if (!stored.success || typeof score !== 'number') return []
    return [toNeighbour(score, stored.data, z.array(z.number()).safeParse(vector).data ?? null)]
  })
  return { neighbours, hits: points.length }
}

function toNeighbour(score: number, stored: StoredPayload, vector: number[] | null): Neighbour {
  const { item, segment, kind, language, topics, text_hash, version } = stored
  return {
    itemId: item,
    segment: segment === WHOLE_ITEM ? null : segment,
    score: roundScore(score),
    payload: { kind, language, topics, textHash: text_hash, version },
    vector,
  }
}

/** Splits the points of one space into batches that fit into a request. */
export function* inBatches(points: readonly Point[]): Generator<Point[]> {
  const dimension = points[0]?.vector.length ?? 1
  const size = Math.max(1, Math.min(BATCH_POINTS, Math.floor(BATCH_COMPONENTS / dimension)))
  for (let start = 0; start < points.length; start += size) yield points.slice(start, start + size)
}
