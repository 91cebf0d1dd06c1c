import { describe, expect, it } from 'vitest'
import { qdrantWarnings } from '../../../src/similarity/qdrant/qdrant-connection.ts'
import { createQdrantEngine } from '../../../src/similarity/qdrant/qdrant-index.ts'
import { startQdrantServer } from '../../wire/qdrant-server.ts'

describe('what a ping warns of', () => {
  const local = { url: 'http://127.0.0.1:6333', hasKey: true }

  it.each(['1.17.0', '1.18.3', '1.19.1-dev'])('nothing with version %s', (version) => {
    expect(qdrantWarnings({ ...local, version })).toEqual([])
  })
  it.each(['1.16.3', '1.20.0', '2.18.0', '0.11.0', 'unknown', '1'])(
    'a version it was not tested with: %s',
    (version) => {
      expect(qdrantWarnings({ ...local, version })).toEqual([expect.stringContaining(version)])
    },
  )
  it.each([
    ['http://qdrant:6333', true, 1],
    ['http://qdrant:6333', false, 0],
    ['https://qdrant:6333', true, 0],
    ['http://localhost', true, 0],
    ['http://[::1]:6333', true, 0],
    ['http://127.0.0.1.example.org', true, 1],
  ])('a key that everyone on the way can read: %s, key %s', (url, hasKey, count) => {
    expect(qdrantWarnings({ version: '1.18.3', url, hasKey })).toHaveLength(count)
  })
  it('what the server says of itself', async () => {
    const server = await startQdrantServer({ version: '1.15.0' })
    const engine = createQdrantEngine({ url: server.url })
    expect(await engine.ping()).toEqual({ version: '1.15.0', warnings: [expect.stringMatching(/1\.18.*1\.15\.0/)] })
    await server.close()
  })
})
