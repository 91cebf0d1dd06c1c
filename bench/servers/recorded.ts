import { Hono } from 'hono'
import { Item } from '../../src/content/item.ts'
import { openDatabase } from '../../src/database/engine/connection.ts'
import { acquireLock } from '../../src/database/folder/folder-lock.ts'
import { pgvectorSchema } from '../../src/similarity/pgvector/pgvector-schema.ts'
import { instantAnalysis } from './instant-analysis.ts'
import { openInstantRuns } from './instant-runs.ts'
import { listen } from './listen.ts'

/** The same graph as the product runs it: runs, ledger and repositories on the embedded database in the folder given. */
const [folder = ''] = process.argv.slice(2)
const lock = await acquireLock(folder)
if (lock.kind !== 'owned') throw new Error(`${folder} belongs to another process`)
const database = await openDatabase(lock, [pgvectorSchema])
const { runs } = openInstantRuns(database, { concurrency: 8, analysis: instantAnalysis(), embedder: null })

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
