import { understanding as graph } from '../../graphs/understanding.ts'
import type { Recording } from '../../src/recordings/recording.ts'
import { recordingOf } from '../../src/recordings/write/recording-of.ts'
import type { ReplayReport } from '../../src/replay/replay-report.ts'
import { type ReplayDeps, type ReplayOptions, replayRun } from '../../src/replay/replay-run.ts'
import { createVectorShelf } from '../../src/replay/served-vectors.ts'
import { loadTaxonomies } from '../../src/taxonomy/taxonomy.ts'
import { analysis, type openDesk } from './desk.ts'

/** The code of today as a replay gets it, with what a test changes of it. */
export function today(change: Partial<ReplayDeps> = {}): ReplayDeps {
  const taxonomies = loadTaxonomies()
  return {
    graph,
    taxonomies,
    taxonomyVersion: taxonomies.version,
    analysis,
    embedder: null,
    vectors: createVectorShelf(),
    ...change,
  }
}

export const recorded = (desk: ReturnType<typeof openDesk>, runId: string): Promise<Recording> =>
  recordingOf(desk.repositories, runId)

export const replayed = (
  recording: Recording,
  change: Partial<ReplayDeps> = {},
  options: ReplayOptions = {},
): Promise<ReplayReport> => replayRun(recording, today(change), options)
