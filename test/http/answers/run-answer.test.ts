import { describe, expect, it } from 'vitest'
import type { RunRecord } from '../../../src/database/records.ts'
import type { UnderstandingRepository } from '../../../src/database/repositories.ts'
import { answerRun } from '../../../src/http/answers/run-answer.ts'
import { RunAnswer } from '../../../src/http/schemas/run-schemas.ts'
import { publishedEpisode } from '../../content/formats/published.ts'
import { configuration } from '../../ledger/configuration-sample.ts'

const document = publishedEpisode()
const record: RunRecord = {
  id: 'r/1',
  itemId: 'ep-7',
  itemBlob: `sha256:${'0'.repeat(64)}`,
  effort: 'quick',
  config: configuration,
  requested: null,
  parentRunId: null,
  status: 'running',
  attempt: 1,
  owner: 'o',
  leaseUntil: 0,
  cancelRequested: false,
  createdAt: 0,
  startedAt: 0,
  finishedAt: null,
  error: null,
  outcome: null,
  version: null,
  summary: null,
}
const understandings: UnderstandingRepository = {
  current: async () => document,
  version: async (_, version) => (version === 3 ? document : null),
  versions: async () => ({ entries: [], next: null }),
  changes: async () => [],
  labels: async () => [],
}
const ask = (changes: Partial<RunRecord>) => answerRun({ ...record, ...changes }, { understandings, format: 'json' })

describe('the answer to a request that started a run', () => {
  it.each(['queued', 'running'] as const)('is the run with its address while it is %s', async (status) => {
    const response = await ask({ status })
    expect([response.status, response.headers.get('location')]).toEqual([202, '/v1/runs/r%2F1'])
    expect(RunAnswer.parse(await response.json()).status).toBe(status)
  })

  it('is the version that the run published', async () => {
    const response = await ask({ status: 'partial', version: 3 })
    expect(response.headers.get('linernotes-outcome')).toBe('partial')
    expect(await response.json()).toEqual(document)
  })

  it('is the current version if nothing changed', async () => {
    const response = await ask({ status: 'unchanged' })
    expect(response.headers.get('linernotes-outcome')).toBe('unchanged')
    expect(await response.json()).toEqual(document)
  })

  it('is a problem with the run and its error if the run failed', async () => {
    const detail = expect.stringContaining('ModelError: no answer')
    const failed = ask({ status: 'failed', error: 'ModelError: no answer' })
    await expect(failed).rejects.toMatchObject({ kind: 'run-failed', message: detail })
    const problem = await failed.then(
      () => null,
      (error) => error.toResponse(),
    )
    expect(problem.status).toBe(500)
    expect(problem.headers.get('linernotes-run')).toBe('r/1')
    expect(await problem.json()).toMatchObject({ type: '/problems/run-failed', run: '/v1/runs/r%2F1', detail })
  })

  it('is a problem if the run was cancelled', async () =>
    expect(ask({ status: 'cancelled' })).rejects.toMatchObject({ kind: 'run-cancelled' }))
})
