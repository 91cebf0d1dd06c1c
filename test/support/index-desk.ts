import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { Rights } from '../../src/content/item.ts'
import { makeText } from '../../src/content/text/text.ts'
import type { Segment } from '../../src/content/transcript/segments.ts'
import type { Database } from '../../src/database/engine/connection.ts'
import { createRepositories } from '../../src/database/repositories/tenant-repositories.ts'
import { createIndexer } from '../../src/indexing/indexer.ts'
import { createNeighbours } from '../../src/indexing/nearest-published.ts'
import type { Timer } from '../../src/indexing/retry-timer.ts'
import type { Embedder } from '../../src/models/embedder.ts'
import { SEGMENTER } from '../../src/runs/derived-blobs.ts'
import { createSearch } from '../../src/search/search-items.ts'
import { createPgvectorEngine } from '../../src/similarity/pgvector/pgvector-index.ts'
import { createQdrantEngine } from '../../src/similarity/qdrant/qdrant-index.ts'
import type { SimilarityEngine } from '../../src/similarity/similarity-index.ts'
import { sampleDocument, sampleItem, samplePublication, startRun } from '../database/database-samples.ts'
import { startQdrantServer } from '../wire/qdrant-server.ts'
import { analysis } from './desk.ts'
import { fakeEmbedder } from './fake-embedder.ts'

export type IndexDesk = Awaited<ReturnType<typeof openIndexDesk>>

/** A tenant of its own, a Qdrant of its own, and processes that index what is published in the one or the other engine. */
export async function openIndexDesk(database: Database) {
  const qdrant = await startQdrantServer()
  const tenant = randomUUID()
  const repositories = createRepositories(database).for(tenant)

  /** `lines` are what is said, each a segment of its own; without them the item has a title only. */
  async function publish(itemId: string, language = 'en', lines: readonly string[] = [], rights: Rights = 'full') {
    const item = sampleItem({ title: `On ${itemId}`, rights })
    const owner = await startRun(repositories, { tenant, itemId, runId: randomUUID(), item })
    const transcript = makeText('transcript', lines.join('\n'))
    const spoken = lines.length > 0 && { transcript: { ...transcript, chars: transcript.text.length } }
    const segments = { textHash: transcript.hash, kind: 'segments', version: SEGMENTER, value: segmentsOf(lines) }
    const title = makeText('title', `On ${itemId}`)
    const sample = sampleDocument(itemId, owner.runId)
    const document = {
      ...sample,
      item: { ...sample.item, language },
      texts: { title: { ...title, chars: title.text.length }, ...spoken },
    }
    const publication = { document, texts: [title, transcript], derived: [segments] }
    await repositories.publish(owner, samplePublication(owner, publication))
  }

  /** What one process does with the engine and the model that it was started with. */
  function started(engine: SimilarityEngine, embedder: Embedder = fakeEmbedder(), reads = repositories) {
    const { timer, ...time } = fakeTimer()
    const logged: string[] = []
    const index = engine.for(tenant)
    const indexer = createIndexer({
      repositories: reads,
      index,
      embedder,
      analysis,
      timer,
      log: (message, { error }) => logged.push(`${message}: ${String(error)}`),
    })
    const search = createSearch({ embedder, index, versionTexts: reads.versionTexts, indexer })
    // Who searches embeds the question; what is indexed is counted by `embedder` alone.
    const asking = { embedder: { ...fakeEmbedder(), space: embedder.space }, index, versionTexts: reads.versionTexts }
    const ask = createSearch({ ...asking, indexer })
    /** A search of who leaves the filling of the index to others. */
    const look = createSearch({ ...asking, indexer: { catchUpWhereIdle: async () => false } })
    const vectorOf = async (text: string) => (await embedder.embed([text]))[0] ?? []
    /** What stands there. */
    const found = async () => {
      const vector = await vectorOf('On looms')
      const near = await index.nearest({ space: embedder.space, vector, limit: 100, level: 'item' })
      return near.map(({ itemId }) => itemId).sort()
    }
    /** What is found by who searches; a run finds the same as its neighbours. */
    const served = async () => {
      const searched = await look({ text: 'On looms', limit: 50, filter: {} })
      const near = createNeighbours({ index, outbox: reads.outbox, self: '' })
      const { items } = await near({ space: embedder.space, vector: await vectorOf('On looms'), limit: 50 })
      const ids = searched.found.map(({ item }) => item.id).sort()
      expect(items.map(({ itemId }) => itemId).sort()).toEqual(ids)
      return ids
    }
    /** How many changes the index has not followed, as who searches is told. */
    const behind = async () => (await ask({ text: 'On looms', limit: 1, filter: {} })).behind
    return { ...indexer, ...time, found, served, behind, search, logged }
  }

  return {
    qdrant,
    repositories,
    publish,
    started,
    inQdrant: () => createQdrantEngine({ url: qdrant.url, retryDelaysMs: [] }),
    inDatabase: () => createPgvectorEngine({ pool: database }),
  }
}

function segmentsOf(lines: readonly string[]): Segment[] {
  let end = -1
  return lines.map((line, index) => {
    const start = end + 1
    end = start + line.length
    const place = { index, start, end, words: line.split(' ').length }
    return {
      ...place,
      language: 'en',
      role: 'content',
      speaker: null,
      startMs: index * 1000,
      endMs: null,
      timing: null,
    }
  })
}

/** What waits, to be called by the test: how long it would have taken, and what then happens. */
function fakeTimer() {
  const waiting: { ms: number; task: () => Promise<void> }[] = []
  const timer: Timer = (ms, task) => {
    const entry = { ms, task }
    waiting.push(entry)
    return () => {
      if (waiting.includes(entry)) waiting.splice(waiting.indexOf(entry), 1)
    }
  }
  /** Lets the time of the next one come. @returns how long it waited. */
  const elapse = async () => {
    const next = waiting.shift()
    await next?.task()
    return next?.ms
  }
  return { timer, waiting, elapse }
}
