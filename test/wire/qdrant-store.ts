/** What a Qdrant answers with: a status, and a body that is JSON unless it is a string. */
export interface Answer {
  status: number
  body?: unknown
  headers?: Record<string, string>
}
type Json = Record<string, unknown>
interface StoredPoint {
  id: string
  vector: number[]
  payload: Json
  version: number
}
export interface Collection {
  size: number
  distance: string
  metadata: unknown
  indexes: Map<string, Json>
  points: Map<string, StoredPoint>
  /** Writes that were acknowledged but not applied yet (wait=false). */
  queued: (() => void)[]
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const CLAUSES = ['should', 'min_should', 'must', 'must_not']

/** An error as Qdrant 1.18 words and frames it. */
export class QdrantError extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const list = (value: unknown): unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]

export function createCollection(body: unknown): Collection {
  const vectors = isObject(body) ? body.vectors : undefined
  if (!isObject(vectors) || typeof vectors.size !== 'number' || vectors.distance !== 'Cosine')
    throw new QdrantError(
      400,
      'Format error in JSON body: data did not match any variant of untagged enum VectorsConfig',
    )
  const { size, distance } = vectors
  if (size < 1 || size > 65536)
    throw new QdrantError(422, 'Validation error in JSON body: [vectors.size: value invalid, must be from 1 to 65536]')
  const metadata = isObject(body) ? body.metadata : undefined
  return { size, distance, metadata, indexes: new Map(), points: new Map(), queued: [] }
}

/** Checks the whole batch before anything is queued, as the server does. */
export function parsePoints(collection: Collection, body: unknown): Omit<StoredPoint, 'version'>[] {
  const points = isObject(body) ? body.points : undefined
  if (!Array.isArray(points))
    throw new QdrantError(
      400,
      'Format error in JSON body: data did not match any variant of untagged enum PointInsertOperations',
    )
  if (points.length === 0) throw new QdrantError(400, 'Bad request: Empty update request')
  return points.map((point) => {
    const { id, vector, payload } = isObject(point) ? point : {}
    if (typeof id !== 'string' || !UUID.test(id))
      throw new QdrantError(
        400,
        `Format error in JSON body: value ${String(id)} is not a valid point ID, valid values are either an unsigned integer or a UUID`,
      )
    return {
      id: id.toLowerCase(),
      vector: unit(parseVector(collection, vector)),
      payload: isObject(payload) ? payload : {},
    }
  })
}

export function parseVector(collection: Collection, vector: unknown): number[] {
  if (!Array.isArray(vector) || !vector.every((component) => typeof component === 'number'))
    throw new QdrantError(
      400,
      'Format error in JSON body: data did not match any variant of untagged enum VectorStruct',
    )
  if (vector.length !== collection.size)
    throw new QdrantError(
      400,
      `Wrong input: Vector dimension error: expected dim: ${collection.size}, got ${vector.length}`,
    )
  return vector.map(Math.fround)
}

/** Stored cosine vectors are normalised; a zero vector stays. */
function unit(vector: number[]): number[] {
  const length = Math.sqrt(vector.reduce((sum, x) => sum + x * x, 0))
  return length === 0 ? vector : vector.map((x) => Math.fround(x / length))
}

/** Brute force; equal scores in no order that a caller could rely on (here the latest written first). */
export function search(collection: Collection, body: unknown): Json[] {
  const asked = isObject(body) ? body : {}
  const query = unit(parseVector(collection, asked.query))
  const { limit } = asked
  if (typeof limit !== 'number' || limit < 1)
    throw new QdrantError(422, 'Validation error in JSON body: [limit: value 0 invalid, must be 1 or larger]')
  const matches = parseFilter(asked.filter)
  return [...collection.points.values()]
    .filter(matches)
    .map((point) => ({ point, score: Math.fround(point.vector.reduce((sum, x, i) => sum + x * (query[i] ?? 0), 0)) }))
    .sort((a, b) => b.score - a.score || b.point.version - a.point.version)
    .slice(0, limit)
    .map(({ point: { id, version, payload, vector }, score }) => ({
      id,
      version,
      score,
      ...shownPayload(asked.with_payload, payload),
      ...(asked.with_vector === true ? { vector } : {}),
    }))
}

function shownPayload(asked: unknown, payload: Json): { payload?: Json } {
  if (asked === true) return { payload }
  if (!isObject(asked)) return {}
  const { exclude } = asked
  if (!Array.isArray(exclude))
    throw new QdrantError(
      400,
      'Format error in JSON body: data did not match any variant of untagged enum WithPayloadInterface',
    )
  return { payload: Object.fromEntries(Object.entries(payload).filter(([key]) => !exclude.includes(key))) }
}

/** A filter as a test. An empty one, also with empty clauses or conditions, matches everything. */
export function parseFilter(filter: unknown): (point: StoredPoint) => boolean {
  const clauses = isObject(filter) ? filter : {}
  const unknown = Object.keys(clauses).find((key) => !CLAUSES.includes(key))
  if (unknown !== undefined)
    throw new QdrantError(
      400,
      `Format error in JSON body: unknown field \`${unknown}\`, expected one of ${CLAUSES.map((c) => `\`${c}\``).join(', ')}`,
    )
  const must = list(clauses.must).map(parseCondition)
  const mustNot = list(clauses.must_not).map(parseCondition)
  const should = list(clauses.should).map(parseCondition)
  return (point) =>
    must.every((test) => test(point)) &&
    !mustNot.some((test) => test(point)) &&
    (should.length === 0 || should.some((test) => test(point)))
}

function parseCondition(condition: unknown): (point: StoredPoint) => boolean {
  if (!isObject(condition) || Object.keys(condition).length === 0) return () => true
  const { has_id: hasId, key, match } = condition
  if (Array.isArray(hasId)) return (point) => hasId.includes(point.id)
  if (typeof key !== 'string') return parseFilter(condition)
  if (match === undefined)
    throw new QdrantError(422, 'Validation error in JSON body: [At least one field condition must be specified]')
  const values = isObject(match) ? (Array.isArray(match.any) ? match.any : [match.value]) : [undefined]
  if (values.some((value) => !['string', 'number', 'boolean'].includes(typeof value)))
    throw new QdrantError(
      400,
      'Format error in JSON body: data did not match any variant of untagged enum MatchInterface',
    )
  return (point) => list(point.payload[key]).some((value) => values.includes(value))
}

/** The keys that a filter looks at. */
export function filteredKeys(filter: unknown): string[] {
  if (!isObject(filter)) return []
  return CLAUSES.flatMap((clause) => list(filter[clause])).flatMap((condition) =>
    isObject(condition) && typeof condition.key === 'string' ? [condition.key] : [],
  )
}

/** `GET /collections/{name}`. */
export function describeCollection({ size, distance, metadata, indexes, points }: Collection): Json {
  const schema = [...indexes].map(([field, params]) => [field, { data_type: params.type, params, points: points.size }])
  return {
    status: 'green',
    optimizer_status: 'ok',
    indexed_vectors_count: 0,
    points_count: points.size,
    segments_count: 2,
    config: {
      params: {
        vectors: { size, distance },
        shard_number: 1,
        replication_factor: 1,
        write_consistency_factor: 1,
        on_disk_payload: true,
      },
      hnsw_config: { m: 16, ef_construct: 100, full_scan_threshold: 10000, max_indexing_threads: 0, on_disk: false },
      optimizer_config: {
        deleted_threshold: 0.2,
        vacuum_min_vector_number: 1000,
        default_segment_number: 0,
        max_segment_size: null,
        memmap_threshold: null,
        indexing_threshold: 10000,
        flush_interval_sec: 5,
        max_optimization_threads: null,
      },
      wal_config: { wal_capacity_mb: 32, wal_segments_ahead: 0, wal_retain_closed: 1 },
      quantization_config: null,
      ...(metadata === undefined ? {} : { metadata }),
    },
    payload_schema: Object.fromEntries(schema),
    update_queue: { length: 0 },
  }
}
