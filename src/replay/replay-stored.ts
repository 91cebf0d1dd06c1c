import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Repositories } from '../database/repositories.ts'
import { RECORDING_EXTENSION } from '../recordings/recording-format.ts'
import { recordingOf } from '../recordings/write/recording-of.ts'
import { writeRecording } from '../recordings/write/write-recording.ts'
import type { ReplayRequest } from './process/replay-messages.ts'
import type { Replayers } from './process/replayers.ts'
import type { ReplayReport } from './replay-report.ts'

export interface ReplayStoredDeps {
  repositories: Repositories
  replayers: Replayers
}

/**
 * Records a run of the database to a file that only this user can read, replays the file, and removes it.
 * @throws {RecordingError} @throws {ReplayFailed}
 */
export async function replayStored(
  runId: string,
  request: ReplayRequest,
  { repositories, replayers }: ReplayStoredDeps,
  signal?: AbortSignal,
): Promise<ReplayReport> {
  const recording = await recordingOf(repositories, runId)
  const folder = await mkdtemp(join(tmpdir(), 'linernotes-replay-'))
  try {
    const file = join(folder, `run${RECORDING_EXTENSION}`)
    await pipeline(writeRecording(recording), createWriteStream(file, { mode: 0o600 }))
    return await replayers.replay(file, request, signal === undefined ? {} : { signal })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
