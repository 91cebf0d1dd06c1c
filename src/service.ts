import type { Config } from './config.ts'
import type { Database } from './database/engine/connection.ts'
import type { Repositories } from './database/repositories.ts'
import type { Indexer } from './indexing/indexer.ts'
import type { Embedder } from './models/embedder.ts'
import type { ForkRequest } from './replay/fork/fork-request.ts'
import type { forkRun } from './replay/fork/fork-run.ts'
import type { Replayers } from './replay/process/replayers.ts'
import type { Runs } from './runs/runs.ts'
import type { Search } from './search/search-items.ts'
import type { SimilarityEngine, SimilarityIndex } from './similarity/similarity-index.ts'
import type { Taxonomies } from './taxonomy/taxonomy.ts'
import type { LiveRuns } from './trace/events/live-runs.ts'

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

/** Without keys there is one tenant. */
export const TENANT = 'default'
