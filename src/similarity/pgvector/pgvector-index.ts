import { createKeyedQueue } from '../../waiting/keyed-queue.ts'
import { unitVector } from '../cosine.ts'
import { ANY_LANGUAGE, languageRange } from '../language-ranges.ts'
import { checkDimensions, checkOwnership, preparePoints, storable, WHOLE_ITEM } from '../point-schemas.ts'
import {
  DimensionMismatch,
  type Neighbour,
  type Places,
  type Point,
  type SimilarityEngine,
  type SimilarityIndex,
  type Target,
} from '../similarity-index.ts'
import { isDimensionViolation, toSimilarityError } from './pgvector-errors.ts'
import { type NeighbourRow, toNeighbour, toRealArray, toRows } from './pgvector-rows.ts'

/** Runs one statement. Every call is a single statement, so a pool of one connection (PGlite) is enough. */
export interface Queryable {
  query<R extends Record<string, unknown>>(sql: string, params?: unknown[]): Promise<{ rows: R[] }>
}

// The dot product of unit vectors is their cosine; `<#>` is the negative dot product. Rounds half up, as `roundScore` does.
const SCORE = 'floor(least(1, greatest(-1, -(embedding <#> $3::real[]::vector))) * 1000 + 0.5) / 1000'

/** The same ranges as `rangesThatFind` gives for one tag. */
const LANGUAGE = `exists (select from unnest(?) as range where lower(language) = range
  or starts_with(lower(language), range || '-') or (range = '${ANY_LANGUAGE}' and language is not null))`

// A space's first points register its dimension. Points of another dimension violate the foreign key, so the whole statement fails.
const UPSERT = `with points as materialized (
  select p.*, ($5::real[])[p.first:p.last]::vector as embedding, p.last - p.first + 1 as dimension
  from jsonb_to_recordset($2::jsonb) as p (item_id text, segment integer, space text, first integer, last integer,
    kind text, language text, topics text[], words text[], text_hash text, version integer)
), registered as (
  insert into similarity_spaces (space, dimension) select distinct on (space) space, dimension from points
  on conflict (space) do nothing
), removed as (
  delete from similarity_points where tenant = $1 and item_id = $3 and space = $4
  and segment not in (select segment from points)
)
insert into similarity_points (tenant, space, item_id, segment, dimension, embedding, kind, language, topics, words, text_hash, version)
select $1, space, item_id, segment, dimension, embedding, kind, language, topics, words, text_hash, version from points
on conflict (tenant, space, item_id, segment) do update set dimension = excluded.dimension, embedding = excluded.embedding,
  kind = excluded.kind, language = excluded.language, topics = excluded.topics, words = excluded.words, text_hash = excluded.text_hash, version = excluded.version`

/**
 * The similarity index inside the database (for its tables see `pgvector-schema.ts`). It searches exactly and needs no other
 * server. The caller owns the pool: `close` leaves it open.
 */
export function createPgvectorEngine(deps: { pool: Queryable }): SimilarityEngine {
  // Two overlapping replacements of one item could leave a mixture of both, because no engine replaces atomically against another writer.
  const queue = createKeyedQueue()
  // A space never changes its dimension, so a known dimension stays valid.
  const dimensions = new Map<string, number>()

  async function query<R extends Record<string, unknown>>(sql: string, params?: unknown[]): Promise<R[]> {
    try {
      return (await deps.pool.query<R>(sql, params)).rows
    } catch (error) {
      throw toSimilarityError(error)
    }
  }

  async function dimensionOf(space: string): Promise<number | undefined> {
    const seen = dimensions.get(space)
    if (seen !== undefined) return seen
    const sql = 'select dimension from similarity_spaces where space = $1'
    const [row] = await query<{ dimension: number }>(sql, [space])
    if (row !== undefined) dimensions.set(space, row.dimension)
    return row?.dimension
  }

  /** Writes an item's prepared points in a space and removes its other points there, in the same statement. */
  async function write(tenant: string, points: readonly Point[], { itemId, space }: { itemId: string; space: string }) {
    await checkDimensions(points, dimensionOf)
    try {
      await query(UPSERT, [
        tenant,
        JSON.stringify(toRows(points)),
        itemId,
        space,
        toRealArray(points.map(({ vector }) => vector)),
      ])
    } catch (error) {
      if (isDimensionViolation(error)) await checkDimensions(points, dimensionOf)
      throw error
    }
  }

  async function nearestOfEach(tenant: string, target: Target, places: readonly Places[]): Promise<Neighbour[][]> {
    const space = storable(target.space)
    const unit = unitVector(target.vector, 'the query')
    const found = places.map((): Neighbour[] => [])
    const dimension = await dimensionOf(space)
    if (dimension === undefined) return found
    if (dimension !== unit.length) throw new DimensionMismatch(space, dimension, unit.length)
    const params: unknown[] = [tenant, space, toRealArray([unit])]
    const each = places.flatMap((asked, n) =>
      asked.limit <= 0
        ? []
        : [
            `(select ${n} as asked, item_id, segment, kind, language, topics, text_hash, version, ${SCORE} as score,
               ${target.withVectors ? 'embedding::real[]' : 'null::real[]'} as vector
             from similarity_points
             where tenant = $1 and space = $2 and ${conditions(asked, params)}
             order by score desc, item_id collate "C", segment limit ${Math.floor(asked.limit)})`,
          ],
    )
    if (each.length === 0) return found
    const sql = `select * from (${each.join(' union all ')}) as found
      order by asked, score desc, item_id collate "C", segment`
    for (const row of await query<NeighbourRow>(sql, params)) found[row.asked]?.push(toNeighbour(row))
    return found
  }

  return {
    name: 'pgvector',
    place: 'the database',
    for(tenant: string): SimilarityIndex {
      return {
        nearest: async (asked) => (await nearestOfEach(tenant, asked, [asked]))[0] ?? [],
        nearestOfEach: (target, places) => nearestOfEach(tenant, target, places),
        async remove(itemId) {
          await query('delete from similarity_points where tenant = $1 and item_id = $2', [tenant, storable(itemId)])
        },
        async replaceItem(itemId, space, points) {
          checkOwnership(itemId, space, points)
          const place = { itemId: storable(itemId), space: storable(space) }
          const prepared = preparePoints(points)
          await queue(JSON.stringify([tenant, place]), () => write(tenant, prepared, place))
        },
        // The tables are in the database itself. If they are lost, so is everything that is remembered about them.
        holder: async (space) => `pgvector ${storable(space)}`,
        knownHolder: async (space) => `pgvector ${storable(space)}`,
        prepare: async (space) => `pgvector ${storable(space)}`,
      }
    },
    async ping() {
      await query('select 1 from similarity_points limit 1')
      const [row] = await query<{ version: string }>(
        "select extversion as version from pg_extension where extname = 'vector'",
      )
      return { version: row?.version ?? null, warnings: [] }
    },
    close: async () => undefined,
  }
}

/** The level and the filter as SQL; values are appended to `params`. The level is literal, or the partial index cannot be used. */
function conditions({ level, filter = {} }: Places, params: unknown[]): string {
  const parts = [level === 'item' ? `segment = ${WHOLE_ITEM}` : 'segment >= 0']
  const restrict = (test: string, values: readonly string[] | undefined) => {
    if (values === undefined || values.length === 0) return
    params.push(values.map(storable))
    parts.push(test.replace('?', `$${params.length}::text[]`))
  }
  restrict('kind = any(?)', filter.kinds)
  restrict(LANGUAGE, filter.languages?.map(languageRange))
  restrict('topics && ?', filter.topics)
  restrict('words && ?', filter.words)
  restrict('item_id <> all(?)', filter.excludeItems)
  return parts.join(' and ')
}
