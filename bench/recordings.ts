import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Item, type ItemInput } from '../src/content/item.ts'
import { openDatabase } from '../src/database/engine/connection.ts'
import type { Embedder } from '../src/models/embedder.ts'
import { RECORDING_EXTENSION } from '../src/recordings/recording-format.ts'
import { recordingOf } from '../src/recordings/write/recording-of.ts'
import { writeRecording } from '../src/recordings/write/write-recording.ts'
import { memoisedAnalysis } from '../src/replay/process/memoised-analysis.ts'
import { pgvectorSchema } from '../src/similarity/pgvector/pgvector-schema.ts'
import { openInstantRuns } from './servers/instant-runs.ts'

/** Runs items with agents that answer at once, and records each run into a file below the folder. @returns the files. */
export async function recordRuns(
  items: readonly ItemInput[],
  folder: string,
  embedder: Embedder | null,
): Promise<string[]> {
  const database = await openDatabase({ memory: true }, [pgvectorSchema])
  const { runs, repositories } = openInstantRuns(database, {
    concurrency: 1,
    analysis: memoisedAnalysis(),
    embedder,
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
