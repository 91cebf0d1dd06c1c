import { createKeyedQueue } from '../../waiting/keyed-queue.ts'
import { unitVector } from '../cosine.ts'
import { byScore, checkDimensions, checkOwnership, preparePoints, storable } from '../point-schemas.ts'
import {
  DimensionMismatch,
  MissingCollection,
  type NearestQuery,
  type Neighbour,
  type Point,
  type SimilarityEngine,
  type SimilarityIndex,
} from '../similarity-index.ts'
import { createQdrantCollections } from './qdrant-collections.ts'
import { connectQdrant, type QdrantOptions } from './qdrant-connection.ts'
import { itemFilter, searchFilter } from './qdrant-filter.ts'
import { inBatches, POINT_FORM, pointId, readHits, toStored } from './qdrant-points.ts'
import { qdrantWarnings, Version } from './qdrant-version.ts'

/** How far a query is widened to see all hits that tie with its last one; beyond, which of the tied ones are found is left open. */
const TIES_SEEN = 1000

/**
 * The similarity index on a Qdrant server: one collection a vector space, made when its first points come; the tenant is an indexed
 * payload key, and in every filter. Writes return when they are visible. A batch is checked as a whole before anything is sent, but sent
 * in parts: if the server goes away in between, some of it is written, and writing it again completes it.
 * @throws {TypeError} for a bad url or prefix.
 */
export function createQdrantEngine({
  collectionPrefix = 'linernotes',
  ...options
}: QdrantOptions & { collectionPrefix?: string }): SimilarityEngine {
  const connection = connectQdrant(options)
  const { client, call, write } = connection
  const collections = createQdrantCollections(connection, collectionPrefix)
  // Two replacements of one item that overlap could leave a mixture of both: no engine replaces atomically against another writer.
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
        // Somebody dropped the collection since it was made: once more from the start, also what went into the old one.
        if (!(error instanceof MissingCollection)) throw error
        collections.forget(space)
        await upsertSpace(tenant, space, members)
      }
    }
  }

  /** Deletes by a filter that cannot be empty; a collection that is not there has nothing to delete. */
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

  async function search(tenant: string, space: string, asked: NearestQuery, vector: number[]): Promise<Neighbour[]> {
    const filter = searchFilter(tenant, asked)
    // The server knows no ties and cuts anywhere: so ask for more until the last one is not tied with the last one wanted.
    for (let limit = asked.limit + 16; ; limit *= 2) {
      const answer = await call('searching', () =>
        client.query(collections.nameOf(space), {
          query: vector,
          filter,
          limit,
          with_payload: true,
          with_vector: asked.withVectors ?? false,
        }),
      )
      const { neighbours, hits } = await call('searching', async () => readHits(answer))
      neighbours.sort(byScore)
      const enough = neighbours.length >= asked.limit && neighbours.at(-1)?.score !== neighbours[asked.limit - 1]?.score
      if (enough || hits < limit || limit > asked.limit + TIES_SEEN) return neighbours.slice(0, asked.limit)
    }
  }

  async function nearest(tenant: string, asked: NearestQuery): Promise<Neighbour[]> {
    const space = storable(asked.space)
    const vector = unitVector(asked.vector, 'the query')
    const dimension = await collections.dimensionOf(space)
    if (dimension === undefined) return []
    if (dimension !== vector.length) throw new DimensionMismatch(space, dimension, vector.length)
    if (asked.limit <= 0) return []
    try {
      return await search(tenant, space, asked, vector)
    } catch (error) {
      if (!(error instanceof MissingCollection)) throw error
      collections.forget(space)
      return []
    }
  }

  // With the form of the points: where they have an older one the collection is filled anew.
  const holderName = (space: string, id: string) => `qdrant ${collections.nameOf(space)} ${id} ${POINT_FORM}`

  return {
    name: 'qdrant',
    place: `collections ${collectionPrefix}.*`,
    for(tenant: string): SimilarityIndex {
      if (tenant === '') throw new TypeError('an index needs a tenant')
      return {
        nearest: (asked) => nearest(tenant, asked),
        async remove(itemId) {
          for (const collection of await collections.list()) await deleteItem(collection, tenant, storable(itemId))
        },
        async replaceItem(itemId, space, points) {
          checkOwnership(itemId, space, points)
          const prepared = preparePoints(points)
          const item = storable(itemId)
          const collection = collections.nameOf(storable(space))
          await queue(JSON.stringify([tenant, item, collection]), async () => {
            // New points first: who searches meanwhile sees too much rather than nothing.
            await upsert(tenant, prepared)
            const kept = prepared.map((point) => pointId(tenant, point))
            await deleteItem(collection, tenant, item, kept)
          })
        },
        async holder(asked) {
          const space = storable(asked)
          const id = await collections.idOf(space)
          return id === undefined ? null : holderName(space, id)
        },
        async prepare(asked, dimension) {
          const space = storable(asked)
          // Looked at anew: it may have been dropped, and made again by another process.
          collections.forget(space)
          return holderName(space, (await collections.ensure(space, dimension)).id)
        },
      }
    },
    async ping() {
      const { version } = await call('asking for the version', async () => Version.parse(await client.versionInfo()))
      // The version is open to everyone, this needs the key.
      await collections.list()
      return { version, warnings: qdrantWarnings({ version, url: options.url, hasKey: options.apiKey !== undefined }) }
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
