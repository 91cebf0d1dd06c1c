import { afterAll, describe, expect, it } from 'vitest'
import { createQdrantEngine } from '../../src/similarity/qdrant.ts'
import { point, similarityContract } from '../contracts/similarity.ts'
import { startQdrantServer } from '../wire/qdrant-server.ts'

describe('Qdrant on the wire', async () => {
  const server = await startQdrantServer({ apiKey: 'secret' })
  afterAll(() => server.close())

  similarityContract('Qdrant, a wire fake', async () => {
    const engine = createQdrantEngine({ url: server.url, apiKey: 'secret' })
    return { engine, dispose: () => engine.close() }
  })
})
