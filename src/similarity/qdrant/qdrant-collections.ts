import { createHash, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { MissingCollection, SimilarityRefused } from '../similarity-index.ts'
import type { QdrantConnection } from './qdrant-connection.ts'
import { readFailure } from './qdrant-errors.ts'
import { PAYLOAD_INDEXES } from './qdrant-filter.ts'

interface ReadyCollection {
  size: number
  /** An id from its creation. A later collection with the same name has another id. */
  id: string
}

interface QdrantCollections {
  /** The collection of a space, whether it exists or not. */
  nameOf(space: string): string
  /** The length of a space's vectors, or undefined if the space has no collection. */
  dimensionOf(space: string): Promise<number | undefined>
  /** The id of a space's present collection, or undefined if it has none. */
  idOf(space: string): Promise<string | undefined>
  /** The last seen id. It asks the server only if no id was seen or the seen one was forgotten. */
  knownId(space: string): Promise<string | undefined>
  /** Creates a space's collection and its payload indexes if they are missing. */
  ensure(space: string, dimension: number): Promise<ReadyCollection>
  /** Forgets what is known about a space, because its collection was missing. */
  forget(space: string): void
  /** The collections of all spaces that exist now. */
  list(): Promise<string[]>
}

const Info = z.object({
  config: z.object({
    params: z.object({ vectors: z.object({ size: z.int(), distance: z.literal('Cosine') }) }),
    metadata: z.object({ id: z.string().optional() }).nullish().catch(null),
  }),
  payload_schema: z.record(z.string(), z.object({ data_type: z.string() })),
})
type Info = z.infer<typeof Info>

const Listing = z.object({ collections: z.array(z.object({ name: z.string() })) })

/**
 * One collection for each vector space, named `prefix.readable-space.hash`. The hash separates spaces with the same readable name,
 * and the dots separate prefixes of which one is the beginning of another.
 */
export function createQdrantCollections(connection: QdrantConnection, prefix: string): QdrantCollections {
  if (!/^[a-z0-9_-]{1,40}$/.test(prefix))
    throw new TypeError(
      `a collection prefix has 1 to 40 lower-case letters, digits, - and _, got ${JSON.stringify(prefix)}`,
    )
  const { client, call, write } = connection
  const known = new Map<string, ReadyCollection>()
  const ready = new Map<string, Promise<ReadyCollection>>()
  const ours = new RegExp(`^${prefix}\\.[A-Za-z0-9_-]+\\.[0-9a-f]{16}$`)

  function nameOf(space: string): string {
    const readable = space.replace(/[^A-Za-z0-9_-]+/g, '-').slice(0, 80)
    return `${prefix}.${readable}.${createHash('sha256').update(space).digest('hex').slice(0, 16)}`
  }

  async function inspect(space: string): Promise<Info | undefined> {
    const name = nameOf(space)
    try {
      const info = Info.safeParse(await call(`looking at collection ${name}`, () => client.getCollection(name)))
      if (info.success) {
        known.set(space, { size: info.data.config.params.vectors.size, id: idIn(info.data) })
        return info.data
      }
      throw new SimilarityRefused(
        `collection ${name} of Qdrant at ${connection.url} is not of the form that linernotes makes; delete it, or choose another QDRANT_COLLECTION_PREFIX`,
      )
    } catch (error) {
      if (!(error instanceof MissingCollection)) throw error
      known.delete(space)
      return undefined
    }
  }

  async function lookUp(space: string): Promise<ReadyCollection | undefined> {
    const seen = known.get(space)
    if (seen !== undefined) return seen
    await inspect(space)
    return known.get(space)
  }

  async function create(space: string, dimension: number): Promise<void> {
    const name = nameOf(space)
    const body = {
      vectors: { size: dimension, distance: 'Cosine' as const },
      metadata: { space, writer: 'linernotes', id: randomUUID() },
    }
    await call(`creating collection ${name}`, async () => {
      try {
        // The client's own createCollection drops the metadata.
        await client.api().createCollection({ collection_name: name, ...body })
      } catch (error) {
        const failure = readFailure(error)
        if (failure.kind !== 'http' || failure.status !== 409) throw error // 409: another writer was first.
      }
    })
  }

  async function prepare(space: string, dimension: number): Promise<ReadyCollection> {
    let info = await inspect(space)
    if (info === undefined) {
      await create(space, dimension)
      info = await inspect(space)
      if (info === undefined)
        throw new MissingCollection(`collection ${nameOf(space)} was dropped while it was being made`)
    }
    // Also for an existing collection: its creator may have stopped, or may not have finished yet. Repetition is harmless.
    for (const [field_name, field_schema] of Object.entries(PAYLOAD_INDEXES)) {
      if (info.payload_schema[field_name]?.data_type === field_schema.type) continue
      await write(`indexing ${field_name}`, () =>
        client.createPayloadIndex(nameOf(space), { field_name, field_schema, wait: true }),
      )
    }
    return { size: info.config.params.vectors.size, id: idIn(info) }
  }

  /** Servers before 1.16 store no metadata, and collections of other origin have none. Only their server distinguishes those. */
  const idIn = ({ config }: Info) => config.metadata?.id ?? connection.url

  return {
    nameOf,
    dimensionOf: async (space) => (await lookUp(space))?.size,
    async idOf(space) {
      const info = await inspect(space)
      return info === undefined ? undefined : idIn(info)
    },
    knownId: async (space) => (await lookUp(space))?.id,
    async ensure(space, dimension) {
      const started = ready.get(space)
      if (started !== undefined) return started
      const preparing = prepare(space, dimension)
      ready.set(space, preparing)
      try {
        return await preparing
      } catch (error) {
        ready.delete(space)
        throw error
      }
    },
    forget(space) {
      ready.delete(space)
      known.delete(space)
    },
    async list() {
      const { collections } = await call('listing collections', async () =>
        Listing.parse(await client.getCollections()),
      )
      return collections.map(({ name }) => name).filter((name) => ours.test(name))
    },
  }
}
