import type { RunRecord } from '../database/records.ts'
import type { Repositories } from '../database/repositories.ts'
import { documentOfRun } from '../recordings/run-document.ts'
import { type ComparedRun, diffRuns, type TraceDiff } from './trace-diff.ts'

/** Two runs with how they differ, or the id of the one that there is not. */
export type Comparison =
  | { kind: 'compared'; a: RunRecord; b: RunRecord; diff: TraceDiff }
  | { kind: 'unknown'; id: string }

/** How two stored runs differ, from `a` to `b`. */
export async function compareRuns(
  a: string,
  b: string,
  repositories: Pick<Repositories, 'runs' | 'trace' | 'understandings'>,
): Promise<Comparison> {
  const [first, second] = await Promise.all([repositories.runs.get(a), repositories.runs.get(b)])
  if (first === null) return { kind: 'unknown', id: a }
  if (second === null) return { kind: 'unknown', id: b }
  const [was, is] = await Promise.all([compared(first, repositories), compared(second, repositories)])
  return { kind: 'compared', a: first, b: second, diff: diffRuns(was, is) }
}

async function compared(
  run: RunRecord,
  repositories: Pick<Repositories, 'trace' | 'understandings'>,
): Promise<ComparedRun> {
  const recorded = await repositories.trace.load(run.id)
  return { recorded, document: await documentOfRun(repositories, run, recorded) }
}
