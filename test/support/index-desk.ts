import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { makeText } from '../../src/content/text/text.ts'
import { type Database, openDatabase } from '../../src/database/engine/connection.ts'
import { migrate } from '../../src/database/engine/migrate.ts'
import { createRepositories } from '../../src/database/repositories/tenant-repositories.ts'
import { createIndexer } from '../../src/indexing/indexer.ts'
import type { Timer } from '../../src/indexing/retry-timer.ts'
import { servedIndex } from '../../src/indexing/without-erased.ts'
import type { Embedder } from '../../src/models/embedder.ts'
import { createPgvectorEngine } from '../../src/similarity/pgvector/pgvector-index.ts'
import { down, up } from '../../src/similarity/pgvector/pgvector-schema.ts'
import { createQdrantEngine } from '../../src/similarity/qdrant/qdrant-index.ts'
import type { SimilarityEngine, SimilarityIndex } from '../../src/similarity/similarity-index.ts'
import { sampleDocument, samplePublication, startRun } from '../database/database-samples.ts'
import { startQdrantServer } from '../wire/qdrant-server.ts'
import { analysis } from './desk.ts'
import { fakeEmbedder } from './fake-embedder.ts'

/** A database in memory with the tables of pgvector. */
export async function openIndexDatabase(): Promise<Database> {
  const database = await openDatabase({ memory: true })
  await migrate(database, {
    pgvector: {
      up: (db) => up((statement) => sql.raw(statement).execute(db)),
      down: (db) => down((statement) => sql.raw(statement).execute(db)),
    },
  })
  return database
}

export type IndexDesk = Awaited<ReturnType<typeof openIndexDesk>>

/** A tenant of its own, a Qdrant of its own, and processes that index what is published in the one or the other engine. */
export async function openIndexDesk(database: Database) {
  const qdrant = await startQdrantServer()
  const tenant = randomUUID()
  const repositories = createRepositories(database).for(tenant)

  async function publish(itemId: string, language = 'en') {
    const owner = await startRun(repositories, { tenant, itemId, runId: randomUUID() })
    const title = makeText('title', `On ${itemId}`)
    const sample = sampleDocument(itemId, owner.runId)
    const document = {
      ...sample,
      item: { ...sample.item, language },
      texts: { title: { ...title, chars: title.text.length } },
    }
    await repositories.publish(owner, samplePublication(owner, { document, texts: [title] }))
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
    const nearest = async (of: Pick<SimilarityIndex, 'nearest'>) => {
      const [vector = []] = await embedder.embed(['On looms'])
      const near = await of.nearest({ space: embedder.space, vector, limit: 100, level: 'item' })
      return near.map(({ itemId }) => itemId).sort()
    }
    /** What stands there, and what is found by who asks. */
    const found = () => nearest(index)
    const served = () => nearest(servedIndex(index, repositories.outbox))
    return { ...indexer, ...time, found, served, logged }
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
