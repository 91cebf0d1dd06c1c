import { createWorkerPool, workerEntry } from '../models/worker-pool.ts'
import type { Analysis } from './analysis.ts'

/** A call of one of the analysis functions, as plain data. */
export type AnalysisJob = { [Call in keyof Analysis]: { call: Call; args: Parameters<Analysis[Call]> } }[keyof Analysis]

/** Analysis on worker threads: the event loop stays free. */
export function createAnalysisPool({ threads }: { threads: number }): Analysis & { close(): Promise<void> } {
  const pool = createWorkerPool<AnalysisJob, unknown>(workerEntry('analysis-worker', import.meta.url), {
    size: threads,
    name: 'analysis',
  })
  const run =
    <Call extends keyof Analysis>(call: Call) =>
    (...args: Parameters<Analysis[Call]>) =>
      pool.run({ call, args } as AnalysisJob)
  return {
    segment: run('segment') as Analysis['segment'],
    digests: run('digests') as Analysis['digests'],
    entityCandidates: run('entityCandidates') as Analysis['entityCandidates'],
    chapterCandidates: run('chapterCandidates') as Analysis['chapterCandidates'],
    claimCandidates: run('claimCandidates') as Analysis['claimCandidates'],
    close: () => pool.close(),
  }
}
