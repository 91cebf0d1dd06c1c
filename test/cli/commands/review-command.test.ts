import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openDatabase } from '../../../src/database/engine/connection.ts'
import { acquireLock } from '../../../src/database/folder/folder-lock.ts'
import { createLedgerStore } from '../../../src/database/ledger/database-ledger.ts'
import { createRepositories } from '../../../src/database/repositories/tenant-repositories.ts'
import { TENANT } from '../../../src/service.ts'
import { pgvectorSchema } from '../../../src/similarity/pgvector/pgvector-schema.ts'
import { NOW, sampleItem, samplePublication, sampleRun, sampleWrite } from '../../database/database-samples.ts'
import { cli } from '../run-cli.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'linernotes-review-'))
  vi.stubEnv('LINERNOTES_DATA_DIR', join(folder, 'data'))
})
afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

describe('reviews', { timeout: 120_000 }, () => {
  const review = randomUUID()

  /** Publishes a version with a label that people must decide about, as a run does. */
  async function ask(): Promise<void> {
    const lock = await acquireLock(join(folder, 'data'))
    if (lock.kind !== 'owned') throw new Error('a command still has the folder')
    const database = await openDatabase(lock, [pgvectorSchema])
    const repositories = createRepositories(database).for(TENANT)
    const runId = randomUUID()
    const { run: begun } = await repositories.runs.submit(
      sampleRun(runId, 'asked', { item: sampleItem({ id: 'asked' }) }),
      { owner: 'a run', now: NOW, leaseMs: 1000 },
    )
    const owner = { tenant: TENANT, itemId: 'asked', runId, attempt: begun.attempt }
    const question = {
      title: 'The tide mill',
      label: { key: 'death_injury', name: 'Death, injury', risk: 'high', treatment: 'entertainment' },
      findings: [{ message: 'Nobody is hurt in these words.' }],
    }
    const asked = { id: review, facet: 'suitability', key: 'death_injury', question }
    await repositories.publish(owner, samplePublication(owner, { reviews: [asked] }))
    const end = { status: 'complete', error: null, outcome: null, at: NOW } as const
    await createLedgerStore(database).append([sampleWrite(owner, { end })])
    await database.close()
    lock.lock.release()
  }

  it('are listed with their question and its reason, are decided once, and wait for the version that follows', async () => {
    expect(await cli('review', 'list')).toMatchObject({ exitCode: 0, out: 'no reviews\n' })
    await ask()
    const { out } = await cli('review', 'list', '--item', 'asked')
    for (const part of [review, 'open', 'Death, injury · high · entertainment', 'in The tide mill', 'Nobody is hurt'])
      expect(out).toContain(part)
    const unread = await cli('review', 'decide', review, 'amend', '--value', '{risk')
    expect(unread).toMatchObject({ exitCode: 2, err: expect.stringContaining('--value is not JSON: {risk') })
    const decided = await cli('review', 'decide', review, 'reject', '--note', 'said in jest', '--by', 'Mo')
    expect(decided).toMatchObject({
      exitCode: 0,
      out: expect.stringMatching(/^decided; run \S+ ended \w+ with version 2\n$/),
    })
    expect((await cli('review', 'list', '--status', 'decided')).out).toContain('reject by Mo')
    expect((await cli('review', 'decide', review, 'reject')).err).toMatch(/"reject" by Mo/)
    const unknown = await cli('review', 'decide', randomUUID(), 'approve')
    expect(unknown).toMatchObject({ exitCode: 1, err: expect.stringContaining('`linernotes review list` shows them') })
  })
})
