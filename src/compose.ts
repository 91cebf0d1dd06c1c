import { randomUUID } from 'node:crypto'
import { AGENT_PROMPTS } from '../graphs/agents/registry.ts'
import { understanding } from '../graphs/understanding.ts'
import { type Config, ConfigError } from './config.ts'
import type { Tokens } from './content/understanding-schema.ts'
import { type Database, type DatabaseLocation, openDatabase } from './database/engine/connection.ts'
import { createLedgerStore } from './database/ledger/database-ledger.ts'
import { createRepositories } from './database/repositories/tenant-repositories.ts'
import type { Repositories } from './database/repositories.ts'
import { createIndexer, type Indexer } from './indexing/indexer.ts'
import { createNeighbours } from './indexing/nearest-published.ts'
import { createFetcher } from './ingest/fetch/guarded-fetcher.ts'
import { createLedgerWriter } from './ledger/ledger-writer.ts'
import type { ChatModel } from './models/chat-model.ts'
import type { Embedder } from './models/embedder.ts'
import { extractive } from './models/extractive/extractive-model.ts'
import { createOpenAiChat } from './models/openai/openai-chat.ts'
import { createOpenAiEmbedder } from './models/openai/openai-embedder.ts'
import { createOpenAiTranscriber } from './models/openai/openai-transcriber.ts'
import { PriceFileError, readPriceFile } from './models/price-file.ts'
import { costUsd, type PriceTable } from './models/prices.ts'
import type { Transcriber } from './models/transcriber.ts'
import { createUseLiteEmbedder } from './models/use-lite/use-lite-embedder.ts'
import type { ForkRequest } from './replay/fork/fork-request.ts'
import { type ForkDeps, forkRun } from './replay/fork/fork-run.ts'
import { openFork } from './replay/fork/open-fork.ts'
import { createReplayers, type Replayers } from './replay/process/replayers.ts'
import { agentSettingsProblems } from './runs/asking-agents.ts'
import { identitiesOf, type SettingsSource, unpricedModels } from './runs/run-configuration.ts'
import { createRuns, type Runs } from './runs/runs.ts'
import { createSearch, type Search } from './search/search-items.ts'
import { createAnalysisPool } from './signals/analysis-pool.ts'
import { createPgvectorEngine } from './similarity/pgvector/pgvector-index.ts'
import { pgvectorSchema, TABLES_OF_ITEM } from './similarity/pgvector/pgvector-schema.ts'
import { createQdrantEngine } from './similarity/qdrant/qdrant-index.ts'
import type { SimilarityEngine, SimilarityIndex } from './similarity/similarity-index.ts'
import { loadTaxonomies, type Taxonomies } from './taxonomy/taxonomy.ts'
import { createLiveRuns, type LiveRuns } from './trace/events/live-runs.ts'

/** Everything that the faces need, for one tenant. */
export interface Service {
  config: Config
  repositories: Repositories
  runs: Runs
  /** See {@link forkRun}. */
  fork(runId: string, request: ForkRequest): ReturnType<typeof forkRun>
  /** What the runs of this process do, for those who follow them. */
  live: LiveRuns
  /** Replays recordings in a process of their own. It starts when there is something to replay. */
  replayers: Replayers
  embedder: Embedder
  similarity: { engine: SimilarityEngine; index: SimilarityIndex } & Pick<Indexer, 'trouble' | 'setAside'>
  search: Search
  taxonomies: Taxonomies
  /** Models without a price in runs with a budget in dollars. The budget does not limit what they cost. */
  unpriced: readonly string[]
  database: Database
  /** Indexes what was published while the similarity index was away. It never rejects, and logs what cannot be done. */
  catchUp: Indexer['catchUp']
  /** Interrupts what is under way, which the next owner resumes, and closes everything. */
  close(): Promise<void>
}

export type Log = (
  level: 'debug' | 'info' | 'warn' | 'error',
  message: string,
  fields?: Record<string, unknown>,
) => void

/** A process that replays takes 200 MB, and a second to start. */
const REPLAYER_IDLE_MS = 60_000

/** Without keys there is one tenant. */
export const TENANT = 'default'

/**
 * Constructs every adapter. Nothing else does.
 * @throws {ConfigError} before anything is opened, if the configuration names agents or prompts that do not exist
 */
export async function compose(config: Config, location: DatabaseLocation, log: Log): Promise<Service> {
  const problems = agentSettingsProblems(config)
  if (problems.length > 0) throw new ConfigError(problems.join('; '))
  const database = await openDatabase(location, [pgvectorSchema])
  try {
    return await assemble(config, database, log)
  } catch (error) {
    await database.close()
    throw error
  }
}

async function assemble(config: Config, database: Database, log: Log): Promise<Service> {
  const repositories = createRepositories(database, TABLES_OF_ITEM).for(TENANT)
  const store = createLedgerStore(database)
  const embedding = embedderOf(config)
  const analysis = createAnalysisPool({ threads: 1 })
  const engine = similarityOf(config, database)
  const index = engine.for(TENANT)
  const taxonomies = loadTaxonomies()
  const prices = pricesOf(config)
  const chat = chatOf(config)
  const indexer = createIndexer({
    repositories,
    index,
    embedder: embedding.embedder,
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
    embedder: embedding.embedder,
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
    embedder: embedding.embedder,
    similarity: { engine, index, trouble: indexer.trouble, setAside: indexer.setAside },
    search: createSearch({ embedder: embedding.embedder, index, versionTexts: repositories.versionTexts, indexer }),
    taxonomies,
    unpriced: unpricedModels(budget, identitiesOf(ports, true), ports.price),
    database,
    catchUp: indexer.catchUp,
    async close() {
      live.close()
      replayers.close()
      await runs.close()
      await indexer.close()
      await Promise.all([embedding.close(), analysis.close(), engine.close()])
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

function endpointOf(config: Config) {
  return {
    baseUrl: config.OPENAI_BASE_URL,
    ...(config.OPENAI_API_KEY === undefined ? {} : { apiKey: config.OPENAI_API_KEY }),
    timeoutMs: config.LINERNOTES_MODEL_TIMEOUT_MS,
    maxRetries: config.LINERNOTES_MODEL_RETRIES,
  }
}

function embedderOf(config: Config): { embedder: Embedder; close(): Promise<void> } {
  const { LINERNOTES_EMBEDDING_MODEL: model, LINERNOTES_EMBEDDING_DIMENSIONS: dimension } = config
  if (model !== undefined)
    return { embedder: createOpenAiEmbedder({ ...endpointOf(config), model, dimension }), close: async () => {} }
  const embedder = createUseLiteEmbedder({ threads: config.LINERNOTES_WORKERS })
  return { embedder, close: () => embedder.close() }
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
