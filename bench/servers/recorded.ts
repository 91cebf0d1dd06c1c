import { Hono } from 'hono'
import { sql } from 'kysely'
import { understanding } from '../../graphs/understanding.ts'
import { Item } from '../../src/content/item.ts'
import { openDatabase } from '../../src/database/connection.ts'
import { createLedgerStore } from '../../src/database/ledger-store.ts'
import { acquireLock } from '../../src/database/lock.ts'
import { migrate } from '../../src/database/migrate.ts'
import { createRepositories } from '../../src/database/tenant-repositories.ts'
import { createLedgerWriter } from '../../src/ledger/writer.ts'
import { createRuns } from '../../src/runs/runs.ts'
import { down, up } from '../../src/similarity/pgvector-schema.ts'
import { loadTaxonomies } from '../../src/taxonomy/taxonomy.ts'
import { instantAnalysis } from './instant-analysis.ts'
import { instantModel } from './instant-model.ts'
import { instantSettings } from './instant-settings.ts'
import { listen } from './listen.ts'

/** The same graph as the product runs it: runs, ledger and repositories on the embedded database in the folder given. */
const [folder = ''] = process.argv.slice(2)
const lock = await acquireLock(folder)
if (lock.kind !== 'owned') throw new Error(`${folder} belongs to another process`)
const database = await openDatabase(lock)
await migrate(database, {
  pgvector: {
    up: (db) => up((statement) => sql.raw(statement).execute(db)),
    down: (db) => down((statement) => sql.raw(statement).execute(db)),
  },
})
const repositories = createRepositories(database).for('default')
const store = createLedgerStore(database)
const taxonomies = loadTaxonomies()
const runs = createRuns({
  tenant: 'default',
  owner: 'bench',
  concurrency: 8,
  repositories,
  store,
  writer: createLedgerWriter(store),
  graph: understanding,
  taxonomies,
  taxonomyVersion: taxonomies.version,
  analysis: instantAnalysis(),
  defaultEffort: 'quick',
  settings: () => instantSettings,
  modelNamed: () => {
    throw new Error('no other models here')
  },
  chosenPrompts: {},
  ports: {
    chat: () => instantModel,
    secondOpinion: null,
    embedder: null,
    fetcher: null,
    transcriber: null,
    neighbours: () => async () => ({ unavailable: null, space: null, items: [] }),
    price: () => null,
    clock: Date.now,
  },
  published: async () => undefined,
  log: (message, fields) => console.error(message, fields),
})

const app = new Hono().post('/v1/items', async (c) => {
  const item = Item.parse(await c.req.json())
  const { id } = await runs.submit(item)
  const run = await runs.wait(id)
  const document = run?.document ?? null
  return document === null ? c.json({ error: run?.error }, 500) : c.json(document)
})

listen(app, async () => {
  await runs.close()
  await database.close()
  lock.lock.release()
})
