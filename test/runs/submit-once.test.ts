import { describe, expect, it } from 'vitest'
import { Item } from '../../src/content/item.ts'
import { sha256 } from '../../src/content/text/hash.ts'
import type { RunRecord } from '../../src/database/records.ts'
import type { KeyUse } from '../../src/database/repositories.ts'
import { createSubmitOnce } from '../../src/runs/submit-once.ts'
import { configuration } from '../ledger/configuration-sample.ts'

const talk = (title: string) => Item.parse({ kind: 'talk', title })

const runOf = (id: string, item: Item): RunRecord => ({
  id,
  itemId: item.id ?? id,
  itemBlob: sha256(item.title ?? ''),
  effort: 'quick',
  config: configuration,
  requested: null,
  parentRunId: null,
  status: 'queued',
  attempt: 0,
  owner: null,
  leaseUntil: null,
  cancelRequested: false,
  createdAt: 1,
  startedAt: null,
  finishedAt: null,
  error: null,
  outcome: null,
  version: null,
  summary: null,
})

/** Submits in memory; the first `failures` submissions fail. */
function desk({ failures = 0 } = {}) {
  const uses = new Map<string, KeyUse>()
  const runs: RunRecord[] = []
  let asked = 0
  const submitOnce = createSubmitOnce({
    runs: {
      async submit(item) {
        asked++
        if (asked <= failures) throw new Error('the database does not answer')
        const run = runOf(`run-${asked}`, item)
        runs.push(run)
        return run
      },
    },
    repositories: {
      idempotencyKeys: {
        find: async (key) => uses.get(key) ?? null,
        async put(key, use) {
          uses.set(key, uses.get(key) ?? use)
          return uses.get(key) ?? use
        },
      },
      runs: { get: async (id) => runs.find((run) => run.id === id) ?? null },
    },
  })
  const submit = (key: string | undefined, title = 'A talk', options = {}) =>
    submitOnce({ item: talk(title), options, key }).then((run) => run?.id ?? null)
  return { submit, runs }
}

describe('submitting once', () => {
  it('starts one run for one key, also of requests that come together', async () => {
    const { submit, runs } = desk()
    expect(await Promise.all([submit('k'), submit('k'), submit('k')])).toEqual(['run-1', 'run-1', 'run-1'])
    expect(await submit('k')).toBe('run-1')
    expect(runs).toHaveLength(1)
  })

  it('starts a run of its own for each other key, and for each request without one', async () => {
    const { submit } = desk()
    const ids = await Promise.all([submit('k'), submit('l'), submit(undefined), submit(undefined)])
    expect(new Set(ids).size).toBe(4)
  })

  it('gives no run for a key that came with another item or other options', async () => {
    const { submit, runs } = desk()
    await submit('k')
    expect([await submit('k', 'Another talk'), await submit('k', 'A talk', { fetch: false })]).toEqual([null, null])
    expect(runs).toHaveLength(1)
  })

  it('starts it for the next request where the first one failed', async () => {
    const { submit } = desk({ failures: 1 })
    const [first, second] = await Promise.allSettled([submit('k'), submit('k')])
    expect([first.status, second]).toEqual(['rejected', { status: 'fulfilled', value: 'run-2' }])
  })

  it('starts it anew where the run of the key was deleted', async () => {
    const { submit, runs } = desk()
    await submit('k')
    runs.length = 0
    expect(await submit('k')).toBe('run-2')
  })
})
