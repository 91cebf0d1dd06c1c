import { randomUUID } from 'node:crypto'
import { AGENT_PROMPTS } from '../graphs/agents/registry.ts'
import { understanding } from '../graphs/understanding.ts'
import { type Config, ConfigError, endpointOf } from './config.ts'
import type { Tokens } from './content/understanding-schema.ts'
import type { Database } from './database/engine/connection.ts'
import { createLedgerStore } from './database/ledger/database-ledger.ts'
import { createRepositories } from './database/repositories/tenant-repositories.ts'
import { createIndexer } from './indexing/indexer.ts'
import { createNeighbours } from './indexing/nearest-published.ts'
import { createFetcher } from './ingest/fetch/guarded-fetcher.ts'
import { createLedgerWriter } from './ledger/ledger-writer.ts'
import type { ChatModel } from './models/chat-model.ts'
import type { Embedder } from './models/embedder.ts'
import { extractive } from './models/extractive/extractive-model.ts'
import { createOpenAiChat } from './models/openai/openai-chat.ts'
import { createOpenAiTranscriber } from './models/openai/openai-transcriber.ts'
import { PriceFileError, readPriceFile } from './models/price-file.ts'
import { costUsd, type PriceTable } from './models/prices.ts'
import type { Transcriber } from './models/transcriber.ts'
import { type ForkDeps, forkRun } from './replay/fork/fork-run.ts'
import { openFork } from './replay/fork/open-fork.ts'
import { createReplayers } from './replay/process/replayers.ts'
import { identitiesOf, type SettingsSource, unpricedModels } from './runs/run-configuration.ts'
import { createRuns } from './runs/runs.ts'
import { createSearch } from './search/search-items.ts'
import { type Log, type Service, TENANT } from './service.ts'
import type { Analysis } from './signals/analysis.ts'
import { createPgvectorEngine } from './similarity/pgvector/pgvector-index.ts'
import { TABLES_OF_ITEM } from './similarity/pgvector/pgvector-schema.ts'
import { createQdrantEngine } from './similarity/qdrant/qdrant-index.ts'
import type { SimilarityEngine } from './similarity/similarity-index.ts'
import { loadTaxonomies } from './taxonomy/taxonomy.ts'
import { createLiveRuns } from './trace/events/live-runs.ts'

/** A process that replays takes 200 MB, and a second to start. */
const REPLAYER_IDLE_MS = 60_000

interface Parts {
  config: Config
  database: Database
  analysis: Analysis
  embedder: Embedder
  /** Ends the threads of both, when nothing uses them any more. */
  endThreads(): Promise<void>
  log: Log
}

/** Constructs every adapter but those that start earlier, and hands them to runs, index, search and replays. Only `compose` calls it. */
export function assemble({ config, database, analysis, embedder, endThreads, log }: Parts): Service {
  const repositories = createRepositories(database, TABLES_OF_ITEM).for(TENANT)
  const store = createLedgerStore(database)
  const engine = similarityOf(config, database)
  const index = engine.for(TENANT)
  const taxonomies = loadTaxonomies()
  const prices = pricesOf(config)
  const chat = chatOf(config)
  const indexer = createIndexer({
    repositories,
    index,
    embedder,
    analysis,
    log: (message, fields) => log('warn', message, fields),
  })
  const live = createLiveRuns()
  const budget = { usd: config.LINERNOTES_BUDGET_USD ?? null, tokens: config.LINERNOTES_BUDGET_TOKENS ?? null }
  const second = config.LINERNOTES_SECOND_MODEL
  const settings: SettingsSource['settings'] = (options) => settingsOf(config, options)
  const modelNamed = (name: string) => modelOf(config, name)
  const ports = {
    chat,
    secondOpinion: second === undefined ? null : modelOf(config, second),
    price: (model: string, tokens: Tokens) => costUsd(prices, model, tokens),
    embedder,
    fetcher: createFetcher({ allowPrivate: config.LINERNOTES_ALLOW_PRIVATE_URLS }),
    transcriber: transcriberOf(config),
    neighbours: (self: string) => createNeighbours({ index, outbox: repositories.outbox, self }),
    clock: Date.now,
  }
  const runs = createRuns({
    tenant: TENANT,
    owner: randomUUID(),
    concurrency: config.LINERNOTES_CONCURRENCY,
    budget,
    repositories,
    store,
    writer: live.watching(createLedgerWriter(store)),
    live,
    graph: understanding,
    taxonomies,
    taxonomyVersion: taxonomies.version,
    analysis,
    defaultEffort: config.LINERNOTES_EFFORT,
    settings,
    openFork: (record, today) => openFork(record, today, { repositories, modelNamed }),
    chosenPrompts: config.LINERNOTES_PROMPTS ?? {},
    ports,
    async published(itemId, { reading }) {
      if (reading !== null) indexer.remember(itemId, reading)
      await indexer.catchUpBriefly()
    },
    log: (message, fields) => log('error', message, fields),
  })
  const { version: taxonomyVersion } = taxonomies
  const forkDeps: ForkDeps = { runs, repositories, settings, ports, taxonomyVersion, budget, modelNamed }
  const replayers = createReplayers({ size: 1, idleMs: REPLAYER_IDLE_MS })
  return {
    config,
    repositories,
    runs,
    fork: (runId, request) => forkRun(runId, request, forkDeps),
    live,
    replayers,
    embedder,
    similarity: { engine, index, trouble: indexer.trouble, setAside: indexer.setAside },
    search: createSearch({ embedder, index, versionTexts: repositories.versionTexts, indexer }),
    taxonomies,
    unpriced: unpricedModels(budget, identitiesOf(ports, true), ports.price),
    database,
    catchUp: indexer.catchUp,
    async close() {
      live.close()
      replayers.close()
      await runs.close()
      await indexer.close()
      await Promise.all([endThreads(), engine.close()])
      await database.close()
    },
  }
}

function settingsOf(
  config: Config,
  options: Parameters<SettingsSource['settings']>[0],
): ReturnType<SettingsSource['settings']> {
  return {
    ...options,
    prompts: { ...AGENT_PROMPTS, ...config.LINERNOTES_PROMPTS },
    engine: config.LINERNOTES_MODEL === undefined ? extractive().name : `openai:${config.LINERNOTES_MODEL}`,
    limits: { rounds: config.LINERNOTES_ROUNDS ?? null, maxOutputTokens: config.LINERNOTES_MAX_OUTPUT_TOKENS ?? null },
    maxTranscriptChars: config.LINERNOTES_MAX_TRANSCRIPT_CHARS,
  }
}

/** One instance for each model, shared by all agents that use it. */
function chatOf(config: Config): (agent: string) => ChatModel {
  const models = new Map<string, ChatModel>()
  return (agent) => {
    const name = config.LINERNOTES_MODELS?.[agent] ?? config.LINERNOTES_MODEL ?? 'extractive'
    const model = models.get(name) ?? modelOf(config, name)
    models.set(name, model)
    return model
  }
}

function modelOf(config: Config, model: string): ChatModel {
  if (model === 'extractive') return extractive()
  return createOpenAiChat({
    ...endpointOf(config),
    model,
    contextTokens: config.LINERNOTES_MODEL_CONTEXT,
    sees: config.LINERNOTES_MODEL_SEES,
    concurrency: config.LINERNOTES_MODEL_CONCURRENCY,
  })
}

function transcriberOf(config: Config): Transcriber | null {
  const { LINERNOTES_TRANSCRIBER_MODEL: model, LINERNOTES_TRANSCRIBER_URL: baseUrl } = config
  if (model === undefined) return null
  return createOpenAiTranscriber({ ...endpointOf(config), ...(baseUrl === undefined ? {} : { baseUrl }), model })
}

function similarityOf(config: Config, database: Database): SimilarityEngine {
  if (config.QDRANT_URL === undefined) return createPgvectorEngine({ pool: database })
  return createQdrantEngine({
    url: config.QDRANT_URL,
    collectionPrefix: config.QDRANT_COLLECTION_PREFIX,
    ...(config.QDRANT_API_KEY === undefined ? {} : { apiKey: config.QDRANT_API_KEY }),
  })
}

function pricesOf({ LINERNOTES_PRICES: file }: Config): PriceTable | null {
  if (file === undefined) return null
  try {
    return readPriceFile(file)
  } catch (error) {
    if (!(error instanceof PriceFileError)) throw error
    throw new ConfigError(`LINERNOTES_PRICES: ${error.message}`, { cause: error })
  }
}
