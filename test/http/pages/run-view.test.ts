import { describe, expect, it } from 'vitest'
import { EMBEDDED_HERE, viewRun } from '../../../src/http/pages/run/view.ts'
import { Waterfall } from '../../../src/http/pages/run/waterfall.tsx'
import type { Exchange, Step } from '../../../src/ledger/exchange.ts'

const hash = (of: string) => `sha256:${of.repeat(64)}` as const
const RUN = { id: 'r', status: 'complete', createdAt: 0, startedAt: 0, finishedAt: 6000 } as const
const STEP: Step = {
  node: 'neighbours',
  visit: 0,
  superstep: 5,
  startedAt: 100,
  ms: 5200,
  update: hash('a'),
  error: null,
}
const EMBED: Exchange = {
  node: 'neighbours',
  visit: 0,
  kind: 'embed',
  n: 0,
  nth: 0,
  requestHash: hash('b'),
  request: hash('b'),
  response: hash('b'),
  outcome: 'ok',
  startedAt: 120,
  ms: 4000,
  cost: null,
  retries: 0,
}

describe('the time of a step', () => {
  const view = (ms: number, exchanges: Exchange[] = []) => {
    const nearby = JSON.stringify({ nearby: { unavailable: null, count: 3, duplicateOf: null, ms } })
    return viewRun(RUN, { steps: [STEP], exchanges, blob: (of) => (of === hash('a') ? nearby : '{}') })
  }

  it('includes how much of it was spent to embed the item on this machine', async () => {
    const run = view(4900)
    expect(run.steps[0]).toMatchObject({ ms: 5200, readingMs: 4900 })
    expect(String(await Waterfall({ run }))).toContain(`4.9 s of it: ${EMBEDDED_HERE}`)
  })

  it('does not include that if no vectors were made, or if the calls that made them are shown', () => {
    expect(view(0).steps[0]?.readingMs).toBeNull()
    expect(view(4900, [EMBED]).steps[0]?.readingMs).toBeNull()
  })
})
