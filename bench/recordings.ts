import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import { understanding } from '../graphs/understanding.ts'
import { Item, type ItemInput } from '../src/content/item.ts'
import { openDatabase } from '../src/database/connection.ts'
import { createLedgerStore } from '../src/database/ledger-store.ts'
import { migrate } from '../src/database/migrate.ts'
import { createRepositories } from '../src/database/tenant-repositories.ts'
import { createLedgerWriter } from '../src/ledger/writer.ts'
import type { Embedder } from '../src/models/embedder.ts'
import { RECORDING_EXTENSION } from '../src/recordings/format.ts'
import { recordingOf } from '../src/recordings/recording-of.ts'
import { writeRecording } from '../src/recordings/write-recording.ts'
import { memoisedAnalysis } from '../src/runs/replay/memoised-analysis.ts'
import { createRuns } from '../src/runs/runs.ts'
import { down, up } from '../src/similarity/pgvector-schema.ts'
import { loadTaxonomies } from '../src/taxonomy/taxonomy.ts'
import { instantModel } from './servers/instant-model.ts'
import { instantSettings } from './servers/instant-settings.ts'

/** Runs items with agents that answer at once, and records each run into a file below the folder. @returns the files. */
export async function recordRuns(
  items: readonly ItemInput[],
  folder: string,
  embedder: Embedder | null,
): Promise<string[]> {
  const database = await openDatabase({ memory: true })
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
    concurrency: 1,
    repositories,
    store,
    writer: createLedgerWriter(store),
    graph: understanding,
    taxonomies,
    taxonomyVersion: taxonomies.version,
    analysis: memoisedAnalysis(),
    defaultEffort: 'quick',
    settings: () => instantSettings,
    modelNamed: () => {
      throw new Error('no other models here')
    },
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
  const files: string[] = []
  for (const [n, item] of items.entries()) {
    const { id } = await runs.submit(Item.parse(item))
    await runs.wait(id)
    const file = join(folder, `${String(n).padStart(4, '0')}${RECORDING_EXTENSION}`)
    await pipeline(writeRecording(await recordingOf(repositories, id)), createWriteStream(file))
    files.push(file)
  }
  await runs.close()
  await database.close()
  return files
}
