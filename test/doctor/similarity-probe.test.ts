import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { SetAside } from '../../src/database/records.ts'
import { checkServiceParts } from '../../src/doctor/service-checks.ts'
import { probeSimilarity } from '../../src/doctor/similarity-probe.ts'
import { createQdrantEngine } from '../../src/similarity/qdrant/qdrant-index.ts'
import { loadTaxonomies } from '../../src/taxonomy/taxonomy.ts'
import { fakeEmbedder } from '../support/fake-embedder.ts'
import { type QdrantServer, startQdrantServer } from '../wire/qdrant-server.ts'

const REFUSED: SetAside = { total: 1, entries: [{ itemId: 'a', seq: 1, reason: 'no room for it' }] }
const NOTHING: SetAside = { total: 0, entries: [] }

let qdrant: QdrantServer
let aside: SetAside
let trouble: string | null
beforeAll(async () => {
  qdrant = await startQdrantServer()
})
afterAll(() => qdrant.close())
beforeEach(() => {
  qdrant.fault = () => undefined
  aside = NOTHING
  trouble = null
})

const probed = () => ({
  similarity: {
    engine: createQdrantEngine({ url: qdrant.url, collectionPrefix: 'radio' }),
    setAside: async () => aside,
    trouble: () => trouble,
  },
})

/** What `doctor` makes of it. */
async function check() {
  const checks = await checkServiceParts({
    ...probed(),
    embedder: fakeEmbedder(),
    taxonomies: loadTaxonomies(),
    unpriced: [],
  })
  return checks.find(({ name }) => name === 'similarity')
}

describe('the similarity index', () => {
  it('that has all changes is well', async () => {
    expect(await probeSimilarity(probed())).toEqual({ status: 'ok', version: '1.18.3', warnings: null })
    expect(await check()).toMatchObject({ status: 'ok' })
  })

  it('that failed and has not caught up is behind, and the last try says why', async () => {
    trouble = 'Qdrant was full'
    expect(await probeSimilarity(probed())).toMatchObject({
      status: 'behind',
      detail: expect.stringMatching(/tried again by itself; the last try: Qdrant was full$/),
    })
    expect(await check()).toMatchObject({ status: 'failed', detail: expect.stringContaining('Qdrant was full') })
  })

  it('that does not take a change says which, and what brings it in', async () => {
    aside = REFUSED
    expect(await probeSimilarity(probed())).toMatchObject({
      status: 'refuses',
      detail: expect.stringContaining('item "a": no room for it'),
    })
    expect(await check()).toMatchObject({ status: 'failed', hint: expect.stringContaining('linernotes serve') })
  })

  it('that does not answer is away, whatever else is known of it', async () => {
    qdrant.fault = () => 'drop'
    trouble = 'Qdrant was full'
    expect(await probeSimilarity(probed())).toMatchObject({
      status: 'away',
      detail: expect.stringContaining('Qdrant at http'),
    })
    expect(await check()).toMatchObject({ status: 'failed', hint: expect.stringContaining('QDRANT_URL') })
  })
})
