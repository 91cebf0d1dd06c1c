import { type Config, ConfigError, endpointOf } from './config.ts'
import type { Database, DatabaseLocation } from './database/engine/connection.ts'
import type { Embedder } from './models/embedder.ts'
import { createOpenAiEmbedder } from './models/openai/openai-embedder.ts'
import { createUseLiteEmbedder } from './models/use-lite/use-lite-embedder.ts'
import type { Log, Service } from './service.ts'
import { createAnalysisPool } from './signals/analysis-pool.ts'

/**
 * Constructs a service with all of its adapters; nothing else does. What takes long starts first: the threads, before the code is loaded
 * that they do not need, and the engine on its thread, while this one loads the code of the graph.
 * @param options.prepare starts the threads of analysis and embedding at once, for who is about to understand an item
 * @throws {ConfigError} before anything is opened, if the configuration names agents or prompts that do not exist
 */
export async function compose(
  config: Config,
  location: DatabaseLocation,
  log: Log,
  { prepare = false }: { prepare?: boolean } = {},
): Promise<Service> {
  const analysis = createAnalysisPool({ threads: 1 })
  const embedding = embeddingOf(config)
  if (prepare) analysis.prepare()
  if (prepare) embedding.prepare()
  const endThreads = async () => void (await Promise.all([analysis.close(), embedding.close()]))
  let database: Database | undefined
  try {
    await requireAgents(config)
    database = await open(location)
    const { assemble } = await import('./assemble-service.ts')
    return assemble({ config, database, analysis, embedder: embedding.embedder, endThreads, log })
  } catch (error) {
    await database?.close()
    await endThreads()
    throw error
  }
}

async function requireAgents(config: Config): Promise<void> {
  const { agentSettingsProblems } = await import('./runs/asking-agents.ts')
  const problems = agentSettingsProblems(config)
  if (problems.length > 0) throw new ConfigError(problems.join('; '))
}

async function open(location: DatabaseLocation): Promise<Database> {
  const [{ openDatabase }, { pgvectorSchema }] = await Promise.all([
    import('./database/engine/connection.ts'),
    import('./similarity/pgvector/pgvector-schema.ts'),
  ])
  const opening = openDatabase(location, [pgvectorSchema])
  // The engine starts while the code is loaded that comes next. If that fails, it fails again where it is used.
  import('./assemble-service.ts').catch(() => undefined)
  return opening
}

interface Embedding {
  embedder: Embedder
  prepare(): void
  close(): Promise<void>
}

function embeddingOf(config: Config): Embedding {
  const { LINERNOTES_EMBEDDING_MODEL: model, LINERNOTES_EMBEDDING_DIMENSIONS: dimension } = config
  if (model === undefined) {
    const embedder = createUseLiteEmbedder({ threads: config.LINERNOTES_WORKERS })
    return { embedder, prepare: embedder.prepare, close: embedder.close }
  }
  const embedder = createOpenAiEmbedder({ ...endpointOf(config), model, dimension })
  return { embedder, prepare: () => {}, close: async () => {} }
}
