import { describe, expect, it } from 'vitest'
import { fleetPage } from '../../../src/replay/fleet/fleet-page.tsx'
import { FleetReport, isClean } from '../../../src/replay/fleet/fleet-report.ts'
import { type FleetMember, replayFleet } from '../../../src/replay/fleet/replay-fleet.ts'
import type { Replayers } from '../../../src/replay/process/replayers.ts'
import type { Divergence, ReplayReport } from '../../../src/replay/replay-report.ts'

const divergence = (change: Partial<Divergence> = {}): Divergence => ({
  class: 'prompt-changed',
  node: 'topics',
  visit: 0,
  superstep: 6,
  exchange: 'topics.0.chat.0',
  nearMiss: 'topics.0.chat.0',
  allowed: false,
  differences: [],
  more: 0,
  texts: null,
  ...change,
})
const topic = (name: string) => ({ facet: 'topics', key: `iab-content-3.1/${name}`, name })
const report = (name: string, change: Partial<ReplayReport> = {}): ReplayReport => ({
  run: `run of ${name}`,
  item: name,
  title: `<script>alert("${name}")</script>`,
  identical: true,
  divergences: [],
  stopped: false,
  served: 10,
  configuration: [],
  stale: [],
  labels: { gained: [], lost: [] },
  saved: { usd: 0.5, tokens: 100, ms: 2_000 },
  steps: [
    { node: 'topics', visit: 0, ms: 4 },
    { node: 'plan', visit: 0, ms: 1 },
  ],
  ms: 9,
  ...change,
})

const REPORTS: Record<string, ReplayReport> = {
  a: report('a'),
  b: report('b', {
    identical: false,
    divergences: [
      divergence(),
      divergence({ class: 'understanding-differs', node: null, visit: null, exchange: null }),
    ],
    labels: { gained: [topic('Weaving')], lost: [topic('Computing')] },
  }),
  c: report('c', {
    identical: false,
    divergences: [divergence({ allowed: true }), divergence({ class: 'extra-call', node: 'summary' })],
    labels: { gained: [topic('Weaving')], lost: [] },
  }),
  d: report('d', { divergences: [divergence({ allowed: true })], saved: { usd: null, tokens: 1, ms: 1 } }),
}

/** Replayers that know the reports already, and what they were asked. */
function knowing() {
  const asked: string[] = []
  const replayers: Replayers = {
    async replay(file) {
      asked.push(file)
      const known = REPORTS[file]
      if (known === undefined) throw new Error(`${file} is <no> recording`)
      return known
    },
    close: () => undefined,
  }
  return { replayers, asked }
}

const members = (names: string): FleetMember[] => [...names].map((name) => ({ name, file: async () => name }))

describe('a fleet', () => {
  it('adds up what its replays found; what is broken is a line, not the end', async () => {
    const done: string[] = []
    const progress: number[] = []
    const { replayers } = knowing()
    const all = members('axbdc').map((member) => ({ ...member, done: async () => void done.push(member.name) }))
    const found = await replayFleet(all, replayers, {
      request: {},
      workers: 2,
      progress: (at) => progress.push(at.done),
    })
    expect(FleetReport.parse(found)).toMatchObject({
      recordings: 5,
      identical: 1,
      allowed: 1,
      diverged: 2,
      broken: [{ name: 'x', why: 'x is <no> recording' }],
      classes: [
        { class: 'prompt-changed', recordings: 3 },
        { class: 'extra-call', recordings: 1 },
        { class: 'understanding-differs', recordings: 1 },
      ],
      first: [
        { class: 'prompt-changed', node: 'topics', recordings: 2, examples: ['b', 'd'] },
        { class: 'extra-call', node: 'summary', recordings: 1, examples: ['c'] },
      ],
      labels: [
        { name: 'Weaving', gained: 2, lost: 0 },
        { name: 'Computing', gained: 0, lost: 1 },
      ],
      saved: { usd: null, tokens: 301, ms: 6_001 },
      nodes: [
        { node: 'topics', steps: 4, totalMs: 16, medianMs: 4, p95Ms: 4 },
        { node: 'plan', steps: 4, totalMs: 4 },
      ],
    })
    expect(found.differing.map(({ name, at, gained }) => [name, at, gained])).toEqual([
      ['b', 'topics.0.chat.0', 1],
      ['c', 'topics.0.chat.0', 1],
      ['d', 'topics.0.chat.0', 0],
    ])
    expect([...done].sort()).toEqual(['a', 'b', 'c', 'd', 'x'])
    expect(progress.at(-1)).toBe(5)
    expect(isClean(found)).toBe(false)
  })

  it('is the same report in whichever order and on however many processes', async () => {
    const one = await replayFleet(members('abcdx'), knowing().replayers, { request: {}, workers: 1 })
    const other = await replayFleet(members('xdcba'), knowing().replayers, { request: {}, workers: 3 })
    const { createdAt: _, took: __, ...lasting } = one
    expect(other).toMatchObject(lasting)
  })

  it('leaves recordings that stand together to one process as long as there is enough to do', async () => {
    const { replayers, asked } = knowing()
    await replayFleet(members('aabb'), replayers, { request: {}, workers: 2 })
    expect(asked.slice(0, 2).sort()).toEqual(['a', 'b'])
  })

  it('ends where it is interrupted', async () => {
    const abort = new AbortController()
    const { replayers } = knowing()
    const stopping = {
      ...replayers,
      replay: async () => abort.abort(new Error('enough')) ?? Promise.reject(new Error('killed')),
    }
    const run = replayFleet(members('ab'), stopping, { request: {}, workers: 1, signal: abort.signal })
    await expect(run).rejects.toThrow('enough')
  })

  it('has a page that needs no script and runs none', async () => {
    const page = await fleetPage(await replayFleet(members('abcdx'), knowing().replayers, { request: {}, workers: 1 }))
    expect(page).toContain('<svg')
    expect(page).toContain('prefers-color-scheme: dark')
    expect(page).toContain('&lt;script&gt;alert')
    expect(page).toContain('x is &lt;no&gt; recording')
    expect(page).not.toMatch(/<script|https?:\/\//)
    expect(page.match(/<rect/g)?.length).toBeGreaterThan(8)
  })
})
