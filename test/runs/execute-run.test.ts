import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { State } from '../../graphs/state.ts'
import type { Database } from '../../src/database/engine/connection.ts'
import { createLedgerStore } from '../../src/database/ledger/database-ledger.ts'
import { createRepositories } from '../../src/database/repositories/tenant-repositories.ts'
import { type LedgerStore, StaleAttempt } from '../../src/ledger/ledger-store.ts'
import { createLedgerWriter } from '../../src/ledger/ledger-writer.ts'
import type { RunnableGraph } from '../../src/runs/execute-run.ts'
import { openMemory } from '../database/open-memory.ts'
import { openDesk } from '../support/desk.ts'
import { talk } from '../support/talk.ts'

let database: Database
beforeAll(async () => {
  database = await openMemory()
}, 120_000)
afterAll(() => database.close())

const STATE: State = {
  ...{ round: 0, outcome: null, intakeHash: null, texts: {}, transcriptOrigin: null, segmentation: null },
  ...{ planned: null, nearby: null, drafts: {}, assembled: null, verification: null, judgement: null },
  ...{ abstentions: [], notes: [], published: null },
}

/** A run that ends as a graph does. */
async function endedBy(invoke: RunnableGraph['invoke']) {
  const desk = openDesk(database, { deps: { graph: { invoke } } })
  const { id } = await desk.runs.submit(talk())
  return desk.runs.wait(id)
}

describe('the end of a run', () => {
  it('is what the graph says of it', async () => {
    expect(await endedBy(async () => ({ ...STATE, outcome: 'unchanged' }))).toMatchObject({
      status: 'unchanged',
      error: null,
      version: null,
    })
    const published = { version: 1, seq: 1, status: 'partial' as const }
    expect(await endedBy(async () => ({ ...STATE, published }))).toMatchObject({ status: 'partial', error: null })
  })

  it('is a failure where the graph published nothing although something had changed', async () => {
    expect(await endedBy(async () => STATE)).toMatchObject({
      status: 'failed',
      error: 'the graph ended without publishing',
    })
  })

  it('is a failure where the graph throws, in its words and with the class of the error', async () => {
    expect(await endedBy(() => Promise.reject(new Error('out of memory')))).toMatchObject({
      status: 'failed',
      error: 'out of memory',
      version: null,
    })
    expect(await endedBy(() => Promise.reject(new RangeError('too deep')))).toMatchObject({
      error: 'RangeError: too deep',
    })
    expect(await endedBy(() => Promise.reject('a word'))).toMatchObject({ status: 'failed', error: 'a word' })
  })

  it('gives the run free, and says when it was and what it cost until then', async () => {
    const run = await endedBy(() => Promise.reject(new Error('out of memory')))
    expect(run).toMatchObject({ owner: null, leaseUntil: null, summary: { steps: 0, exchanges: 0, usd: 0 } })
    expect(run?.finishedAt).toBeGreaterThanOrEqual(run?.createdAt ?? Number.POSITIVE_INFINITY)
  })

  it('is that it was cancelled, whatever the graph throws because of it', async () => {
    const desk: ReturnType<typeof openDesk> = openDesk(database, {
      deps: {
        graph: {
          async invoke(_, { context }) {
            await desk.runs.cancel(context.run.run.id)
            throw new Error('aborted in the middle')
          },
        },
      },
    })
    const { id } = await desk.runs.submit(talk())
    expect(await desk.runs.wait(id)).toMatchObject({ status: 'cancelled', version: null })
  })
})

describe('a ledger that cannot be written', () => {
  const full =
    (after: number) =>
    (store: LedgerStore): LedgerStore => {
      let appends = 0
      return {
        ...store,
        append(writes) {
          if (writes.some(({ exchanges }) => exchanges.length > 0) && ++appends > after)
            return Promise.reject(new Error('the disk that holds /data is full; free some space'))
          return store.append(writes)
        },
      }
    }

  it('fails the run with what to do, publishes nothing, and keeps what was recorded until then', async () => {
    const desk = openDesk(database, { store: full(1) })
    const { id } = await desk.runs.submit(talk())
    expect(await desk.runs.wait(id)).toMatchObject({
      status: 'failed',
      error: 'LedgerUnavailable: the ledger could not be written: the disk that holds /data is full; free some space',
      version: null,
    })
    expect((await desk.repositories.trace.load(id)).exchanges.length).toBeGreaterThan(0)
    expect(await desk.repositories.understandings.current('looms')).toBeNull()
  })
})

describe('a run that is given up here because', () => {
  it.each<[string, (close: () => void, runId: string) => Promise<{ stale: string[] }>]>([
    ['another owner has it', async (_, runId) => ({ stale: [runId] })],
    [
      'the process stops, while its ledger cannot be written',
      async (close) => {
        close()
        throw new Error('the disk that holds /data is full')
      },
    ],
  ])('%s leaves no failure behind: what is written of it next is asked of the database again', async (_, fails) => {
    let failed = false
    const failingOnce = (store: LedgerStore): LedgerStore => ({
      ...store,
      append(writes) {
        const [first] = writes
        if (failed || first === undefined) return store.append(writes)
        failed = true
        return fails(() => void desk.runs.close(), first.owner.runId)
      },
    })
    const store = failingOnce(createLedgerStore(database))
    const writer = createLedgerWriter(store)
    const desk = openDesk(database, { store: () => store, deps: { writer } })
    const { id, itemId } = await desk.runs.submit(talk())
    await desk.runs.idle()
    expect(failed).toBe(true)
    expect(await desk.runs.wait(id)).toMatchObject({ status: 'running', error: null, attempt: 1 })
    await writer.settle({ tenant: desk.tenant, itemId, runId: id, attempt: 1 })
  })
})

describe('nodes that fail together', () => {
  const failing = (...errors: Error[]) => ({
    graph: { invoke: () => Promise.reject(new AggregateError(errors, 'many')) },
  })

  it('end the run with what the first of them says', async () => {
    const desk = openDesk(database, { deps: failing(new TypeError('no such node'), new Error('second')) })
    const { id } = await desk.runs.submit(talk())
    expect(await desk.runs.wait(id)).toMatchObject({ status: 'failed', error: 'TypeError: no such node' })
  })

  it('do not end a run that another owner has taken over', async () => {
    const desk = openDesk(database, { deps: failing(new Error('first'), new StaleAttempt('r', 1)) })
    const { id } = await desk.runs.submit(talk())
    expect(await desk.runs.wait(id)).toMatchObject({ status: 'running', error: null })
  })
})

describe('a publication that is under way', () => {
  it('counts, also where the run is cancelled in the same moment', async () => {
    const tenant = 'cancelled-while-publishing'
    const repositories = createRepositories(database).for(tenant)
    const desk: ReturnType<typeof openDesk> = openDesk(database, {
      tenant,
      deps: {
        repositories: {
          ...repositories,
          async publish(owner, publication, after) {
            const published = repositories.publish(owner, publication, after)
            await desk.runs.cancel(owner.runId)
            return published
          },
        },
      },
    })
    const { run } = await desk.understand(talk())
    expect(run).toMatchObject({ status: 'complete', version: 1, error: null })
  })
})
