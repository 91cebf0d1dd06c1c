import { v7 } from 'uuid'
import type { Ports, RunContext } from '../graphs/context.ts'
import { understanding } from '../graphs/understanding.ts'
import { createWorkspace } from '../graphs/workspace.ts'
import { deriveItemId, type Item } from '../src/content/item.ts'
import { placeDocument, type Understanding } from '../src/content/understanding-schema.ts'
import { untraced } from '../src/models/untraced.ts'
import { identitiesOf } from '../src/runs/run-configuration.ts'
import type { Analysis } from '../src/signals/analysis.ts'
import { loadTaxonomies } from '../src/taxonomy/taxonomy.ts'
import { instantModel } from './servers/instant-model.ts'
import { instantSettings } from './servers/instant-settings.ts'

const ports: Ports = {
  chat: () => instantModel,
  secondOpinion: () => null,
  embedder: null,
  fetcher: null,
  transcribe: () => Promise.reject(new Error('there is no transcriber')),
  known: async () => ({ current: null, facets: [], decisions: [] }),
  neighbours: async () => ({ unavailable: null, space: null, items: [] }),
}

const settings = {
  ...instantSettings,
  ports: identitiesOf({ chat: () => instantModel, secondOpinion: null, embedder: null, transcriber: null }, false),
}

/** The compiled graph with agents that answer at once and nothing else: no ledger, no database. Takes an item through it. */
export function createBareRun(analysis: Analysis): (item: Item) => Promise<Understanding> {
  const taxonomies = loadTaxonomies()
  return async (item) => {
    const { signal } = new AbortController()
    const published: Understanding[] = []
    const run: RunContext = {
      run: { id: v7(), parentId: null },
      itemId: deriveItemId(item),
      item,
      workspace: createWorkspace(),
      taxonomies,
      taxonomyVersion: taxonomies.version,
      analysis,
      signal,
      at: () => ({ settings, ports }),
      recordStep: async () => undefined,
      async publish({ document }) {
        const place = { version: 1, seq: 1 }
        published.push(placeDocument(document, place))
        return place
      },
      startedAt: Date.now(),
      clock: Date.now,
      spent: () => ({ inputTokens: 0, cachedTokens: 0, outputTokens: 0, usd: 0 }),
      price: () => null,
      unpriced: [],
    }
    await understanding.invoke({}, { context: { run }, signal, recursionLimit: 100, callbacks: untraced })
    const [document] = published
    if (document === undefined) throw new Error('nothing was published')
    return document
  }
}
