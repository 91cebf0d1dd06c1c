import { Hono } from 'hono'
import { Item } from '../../src/content/item.ts'
import { createBareRun } from '../bare-run.ts'
import { instantAnalysis } from './instant-analysis.ts'
import { listen } from './listen.ts'

/** The compiled graph behind Hono and nothing else. */
const understand = createBareRun(instantAnalysis())
const app = new Hono().post('/v1/items', async (c) => c.json(await understand(Item.parse(await c.req.json()))))

listen(app, async () => undefined)
