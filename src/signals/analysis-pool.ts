import { workerEntry } from '../threads/start-worker.ts'
import { createWorkerPool, type WorkerPool } from '../threads/worker-pool.ts'
import type { Analysis, AnalysisJob, AnalysisName, AnalysisResult } from './analysis.ts'

/** Runs the analyses on worker threads, so that the event loop stays free. */
export function createAnalysisPool({
  threads,
}: {
  threads: number
}): Analysis & Pick<WorkerPool<never, never>, 'prepare' | 'close'> {
  const entry = workerEntry('analysis-worker', import.meta.url)
  const pool = createWorkerPool<AnalysisJob, AnalysisResult>(entry, { size: threads, name: 'analysis' })
  return {
    async segment(...args) {
      const result = await pool.run({ name: 'segment', args })
      return result.name === 'segment' ? result.value : mixedUp('segment', result)
    },
    async digests(...args) {
      const result = await pool.run({ name: 'digests', args })
      return result.name === 'digests' ? result.value : mixedUp('digests', result)
    },
    async topicCandidates(...args) {
      const result = await pool.run({ name: 'topicCandidates', args })
      return result.name === 'topicCandidates' ? result.value : mixedUp('topicCandidates', result)
    },
    async entityCandidates(...args) {
      const result = await pool.run({ name: 'entityCandidates', args })
      return result.name === 'entityCandidates' ? result.value : mixedUp('entityCandidates', result)
    },
    async chapterCandidates(...args) {
      const result = await pool.run({ name: 'chapterCandidates', args })
      return result.name === 'chapterCandidates' ? result.value : mixedUp('chapterCandidates', result)
    },
    async suitabilityCandidates(...args) {
      const result = await pool.run({ name: 'suitabilityCandidates', args })
      return result.name === 'suitabilityCandidates' ? result.value : mixedUp('suitabilityCandidates', result)
    },
    async claimCandidates(...args) {
      const result = await pool.run({ name: 'claimCandidates', args })
      return result.name === 'claimCandidates' ? result.value : mixedUp('claimCandidates', result)
    },
    async attributeCandidates(...args) {
      const result = await pool.run({ name: 'attributeCandidates', args })
      return result.name === 'attributeCandidates' ? result.value : mixedUp('attributeCandidates', result)
    },
    prepare: pool.prepare,
    close: pool.close,
  }
}

function mixedUp(asked: AnalysisName, { name }: AnalysisResult): never {
  throw new Error(`the analysis worker answered ${name} where ${asked} was asked`)
}
