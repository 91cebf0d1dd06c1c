import { randomBytes } from 'node:crypto'
import { QdrantClient } from '@qdrant/js-client-rest'
import { expect, it } from 'vitest'
import { createQdrantEngine } from '../../src/similarity/qdrant/qdrant-index.ts'
import { similarityContract } from '../contracts/similarity.ts'

const url = process.env.QDRANT_URL
const apiKey = process.env.QDRANT_API_KEY

if (url === undefined || url === '') {
  it('Qdrant: nothing was tested', (ctx) => ctx.skip('QDRANT_URL does not name a server'))
} else {
  const collectionPrefix = `linernotes-test-${randomBytes(4).toString('hex')}`

  similarityContract(`Qdrant at ${url}`, async () => {
    const engine = createQdrantEngine({ url, apiKey, collectionPrefix, timeoutMs: 30_000 })
    const dispose = async () => {
      await engine.close()
      const { port } = new URL(url)
      const client = new QdrantClient({
        url,
        port: port === '' ? 6333 : Number(port),
        checkCompatibility: false,
        headers: apiKey === undefined ? {} : { 'api-key': apiKey },
      })
      const { collections } = await client.getCollections()
      const made = collections.map(({ name }) => name).filter((name) => name.startsWith(`${collectionPrefix}.`))
      for (const name of made) await client.deleteCollection(name)
      expect(made.length, 'the contract made collections').toBeGreaterThan(0)
    }
    return { engine, dispose }
  })
}
