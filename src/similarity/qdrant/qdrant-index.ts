import { createKeyedQueue } from '../../waiting/keyed-queue.ts'
import { unitVector } from '../cosine.ts'
import { byScore, checkDimensions, checkOwnership, preparePoints, storable } from '../point-schemas.ts'
import {
  DimensionMismatch,
  MissingCollection,
  type Neighbour,
  type Places,
  type Point,
  type SimilarityEngine,
  type SimilarityIndex,
  type Target,
} from '../similarity-index.ts'
import { createQdrantCollections } from './qdrant-collections.ts'
import { connectQdrant, type QdrantOptions } from './qdrant-connection.ts'
import { itemFilter, searchFilter } from './qdrant-filter.ts'
import { FOUND_BY, inBatches, POINT_FORM, pointId, readAnswers, toStored } from './qdrant-points.ts'

/** The widest limit of a query that looks for all ties with its last hit. With more ties, it is undefined which of them are found. */
const TIES_SEEN = 1000
/** The number of additional hits that a query requests to see where a tie ends. */
const EXTRA_HITS = 16

/** One search of a batch, and the number of hits that its caller wants. */
interface BatchedSearch {
  limit: number
  search: { filter: ReturnType<typeof searchFilter>; limit: number }
}

/**
 * The similarity index on a Qdrant server. Each vector space has one collection, which is created with its first points. The tenant
 * is an indexed payload key and part of every filter. Writes return when they are visible. A batch is checked as a whole before
 * anything is sent, but it is sent in parts. If the server fails in between, only some parts are written; a repetition completes them.
 * @throws {TypeError} for a bad url or prefix.
 */
export function createQdrantEngine({
  collectionPrefix = 'linernotes',
  ...options
}: QdrantOptions & { collectionPrefix?: string }): SimilarityEngine {
  const connection = connectQdrant(options)
  const { client, call, write } = connection
  const collections = createQdrantCollections(connection, collectionPrefix)
  // Two overlapping replacements of one item could leave a mixture of both, because no engine replaces atomically against another writer.
  const queue = createKeyedQueue()

  async function upsertSpace(tenant: string, space: string, points: readonly Point[]): Promise<void> {
    const { size } = await collections.ensure(space, points[0]?.vector.length ?? 0)
    await checkDimensions(points, async () => size)
    for (const batch of inBatches(points)) {
      const stored = batch.map((point) => toStored(tenant, point))
      await write(`writing ${stored.length} points`, () =>
        client.upsert(collections.nameOf(space), { wait: true, points: stored }),
      )
    }
  }

  async function upsert(tenant: string, points: readonly Point[]): Promise<void> {
    await checkDimensions(points, collections.dimensionOf)
    for (const [space, members] of bySpace(points)) {
      try {
        await upsertSpace(tenant, space, members)
      } catch (error) {
        // Somebody dropped the collection after its creation. We start again and also repeat what went into the old one.
        if (!(error instanceof MissingCollection)) throw error
        collections.forget(space)
        await upsertSpace(tenant, space, members)
      }
    }
  }

  /** Deletes by a filter that cannot be empty. A missing collection has nothing to delete. */
  async function deleteItem(
    collection: string,
    tenant: string,
    itemId: string,
    except?: readonly string[],
  ): Promise<void> {
    const filter = itemFilter(tenant, itemId, except)
    try {
      await write(`removing points of item ${itemId}`, () => client.delete(collection, { wait: true, filter }))
    } catch (error) {
      if (!(error instanceof MissingCollection)) throw error
    }
  }

  /** The server ignores ties and cuts anywhere. So a query that ends in a tie is sent again with a larger limit. */
  async function search(space: string, asked: readonly BatchedSearch[]): Promise<Neighbour[][]> {
    const answers = await call('searching', async () => {
      const searches = asked.map(({ limit: _, ...one }) => one.search)
      return readAnswers(await client.queryBatch(collections.nameOf(space), { searches }), searches.length)
    })
    return Promise.all(
      answers.map(async ({ neighbours, hits }, n) => {
        const one = asked[n]
        if (one === undefined) return []
        neighbours.sort(byScore)
        const { limit, search: made } = one
        const enough = neighbours.length >= limit && neighbours.at(-1)?.score !== neighbours[limit - 1]?.score
        if (enough || hits < made.limit || made.limit > limit + TIES_SEEN) return neighbours.slice(0, limit)
        const [wider] = await search(space, [{ limit, search: { ...made, limit: made.limit * 2 } }])
        return wider ?? []
      }),
    )
  }

  async function nearestOfEach(tenant: string, target: Target, places: readonly Places[]): Promise<Neighbour[][]> {
    const space = storable(target.space)
    const query = unitVector(target.vector, 'the query')
    const dimension = await collections.dimensionOf(space)
    const found = places.map((): Neighbour[] => [])
    if (dimension === undefined) return found
    if (dimension !== query.length) throw new DimensionMismatch(space, dimension, query.length)
    const wanted = [...places.keys()].filter((n) => (places[n]?.limit ?? 0) > 0)
    if (wanted.length === 0) return found
    const common = { query, with_payload: { exclude: [...FOUND_BY] }, with_vector: target.withVectors ?? false }
    const asked = wanted.flatMap((n) => {
      const place = places[n]
      if (place === undefined) return []
      const search = { ...common, filter: searchFilter(tenant, place), limit: place.limit + EXTRA_HITS }
      return [{ limit: place.limit, search }]
    })
    try {
      const answers = await search(space, asked)
      answers.forEach((neighbours, n) => found.splice(wanted[n] ?? 0, 1, neighbours))
    } catch (error) {
      if (!(error instanceof MissingCollection)) throw error
      collections.forget(space)
    }
    return found
  }

  // The name includes the form of the points, so that a collection with an older form is filled again.
  const holderName = (space: string, id: string) => `qdrant ${collections.nameOf(space)} ${id} ${POINT_FORM}`

  return {
    name: 'qdrant',
    place: `collections ${collectionPrefix}.*`,
    for(tenant: string): SimilarityIndex {
      if (tenant === '') throw new TypeError('an index needs a tenant')
      return {
        nearest: async (asked) => (await nearestOfEach(tenant, asked, [asked]))[0] ?? [],
        nearestOfEach: (target, places) => nearestOfEach(tenant, target, places),
        async remove(itemId) {
          for (const collection of await collections.list()) await deleteItem(collection, tenant, storable(itemId))
        },
        async replaceItem(itemId, space, points) {
          checkOwnership(itemId, space, points)
          const prepared = preparePoints(points)
          const item = storable(itemId)
          const collection = collections.nameOf(storable(space))
          await queue(JSON.stringify([tenant, item, collection]), async () => {
            // New points come first, so that a search meanwhile sees too much rather than nothing.
            await upsert(tenant, prepared)
            const currentPoints = prepared.map((point) => pointId(tenant, point))
            await deleteItem(collection, tenant, item, currentPoints)
          })
        },
        async holder(asked) {
          const space = storable(asked)
          const id = await collections.idOf(space)
          return id === undefined ? null : holderName(space, id)
        },
        async knownHolder(asked) {
          const space = storable(asked)
          const id = await collections.knownId(space)
          return id === undefined ? null : holderName(space, id)
        },
        async prepare(asked, dimension) {
          const space = storable(asked)
          // Reads it again: another process may have dropped and recreated it.
          collections.forget(space)
          return holderName(space, (await collections.ensure(space, dimension)).id)
        },
      }
    },
    async ping() {
      const answer = await connection.version()
      // Anyone can read the version, but this call needs the key.
      await collections.list()
      return answer
    },
    close: async () => undefined,
  }
}

function bySpace(points: readonly Point[]): Map<string, Point[]> {
  const spaces = new Map<string, Point[]>()
  for (const point of points) {
    const members = spaces.get(point.space)
    if (members === undefined) spaces.set(point.space, [point])
    else members.push(point)
  }
  return spaces
}
