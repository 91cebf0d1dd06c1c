import { understanding } from '../../graphs/understanding.ts'
import type { Database } from '../../src/database/engine/connection.ts'
import { createLedgerStore } from '../../src/database/ledger/database-ledger.ts'
import { createRepositories } from '../../src/database/repositories/tenant-repositories.ts'
import type { Repositories } from '../../src/database/repositories.ts'
import { createLedgerWriter } from '../../src/ledger/ledger-writer.ts'
import type { Embedder } from '../../src/models/embedder.ts'
import { createRuns, type Runs } from '../../src/runs/runs.ts'
import type { Analysis } from '../../src/signals/analysis.ts'
import { loadTaxonomies } from '../../src/taxonomy/taxonomy.ts'
import { instantModel } from './instant-model.ts'
import { instantSettings } from './instant-settings.ts'

interface InstantRunsOptions {
  concurrency: number
  analysis: Analysis
  embedder: Embedder | null
}

/** Runs as the product makes them, everything durable, with agents that answer at once. */
export function openInstantRuns(
  database: Database,
  { concurrency, analysis, embedder }: InstantRunsOptions,
): { runs: Runs; repositories: Repositories } {
  const repositories = createRepositories(database).for('default')
  const store = createLedgerStore(database)
  const taxonomies = loadTaxonomies()
  const runs = createRuns({
    tenant: 'default',
    owner: 'bench',
    concurrency,
    repositories,
    store,
    writer: createLedgerWriter(store),
    graph: understanding,
    taxonomies,
    taxonomyVersion: taxonomies.version,
    analysis,
    defaultEffort: 'quick',
    settings: () => instantSettings,
    openFork: async () => null,
    chosenPrompts: {},
    ports: {
      chat: () => instantModel,
      secondOpinion: null,
      embedder,
      fetcher: null,
      transcriber: null,
      neighbours: () => async () => ({ unavailable: null, space: null, items: [] }),
      price: () => null,
      clock: Date.now,
    },
    published: async () => undefined,
    log: (message, fields) => console.error(message, fields),
  })
  return { runs, repositories }
}
