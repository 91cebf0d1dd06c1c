import { Hono } from 'hono'
import { v7 } from 'uuid'
import type { Ports, RunContext } from '../../graphs/context.ts'
import { understanding } from '../../graphs/understanding.ts'
import { createWorkspace } from '../../graphs/workspace.ts'
import { deriveItemId, Item } from '../../src/content/item.ts'
import type { Understanding } from '../../src/content/understanding.ts'
import { NoTracer } from '../../src/models/no-tracer.ts'
import { loadTaxonomies } from '../../src/taxonomy/taxonomy.ts'
import { instantAnalysis } from './instant-analysis.ts'
import { instantModel } from './instant-model.ts'
import { instantSettings } from './instant-settings.ts'
import { listen } from './listen.ts'

/** The compiled graph behind Hono and nothing else: no ledger, no database; what is published is kept in memory. */
const taxonomies = loadTaxonomies()
const analysis = instantAnalysis()
const published = new Map<string, Understanding>()

const ports: Ports = {
  chat: () => instantModel,
  secondOpinion: () => null,
  embedder: null,
  fetcher: null,
  transcriber: null,
  transcribe: () => Promise.reject(new Error('there is no transcriber')),
  known: async () => ({ current: null, facets: [], decisions: [] }),
  neighbours: async () => ({ unavailable: null, space: null, items: [] }),
  now: async () => Date.now(),
}

const app = new Hono().post('/v1/items', async (c) => {
  const item = Item.parse(await c.req.json())
  const itemId = deriveItemId(item)
  const abort = new AbortController()
  const run: RunContext = {
    run: { id: v7(), parentId: null },
    itemId,
    item,
    settings: instantSettings,
    workspace: createWorkspace(),
    taxonomies,
    taxonomyVersion: taxonomies.version,
    analysis,
    signal: abort.signal,
    at: () => ports,
    recordStep: async () => undefined,
    async publish({ document }) {
      const place = { version: 1, seq: published.size + 1 }
      published.set(itemId, document(place))
      return place
    },
    startedAt: Date.now(),
    clock: Date.now,
    spent: () => ({ inputTokens: 0, cachedTokens: 0, outputTokens: 0, usd: 0 }),
    price: () => null,
  }
  await understanding.invoke(
    {},
    { context: { run }, signal: abort.signal, recursionLimit: 100, callbacks: [new NoTracer()] },
  )
  const document = published.get(itemId)
  return document === undefined ? c.json({ error: 'nothing was published' }, 500) : c.json(document)
})

listen(app, async () => undefined)
