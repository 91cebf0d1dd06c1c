import { describe, expect, it } from 'vitest'
import { createFleetTally } from '../../../src/replay/fleet/fleet-tally.ts'
import type { Divergence, DivergenceClass, ReplayReport } from '../../../src/replay/replay-report.ts'

const divergence = (name: DivergenceClass, change: Partial<Divergence> = {}): Divergence => ({
  ...{ class: name, node: 'topics', visit: 0, superstep: 5, exchange: null, nearMiss: null, allowed: false },
  ...{ differences: [], more: 0, texts: null },
  ...change,
})
const report = (divergences: Divergence[], change: Partial<ReplayReport> = {}): ReplayReport => ({
  ...{ run: 'r', item: 'i', title: 'Looms', divergences, stopped: false, served: 9, configuration: [], stale: [] },
  ...{ identical: divergences.every(({ allowed }) => allowed), labels: null, steps: [], ms: 1 },
  saved: { usd: 0.5, tokens: 10, ms: 4 },
  ...change,
})
const label = (name: string) => ({ facet: 'topics', key: name, name })

/** What a fleet of recordings says, by their names in the order of replay. */
function tally(reports: Readonly<Record<string, ReplayReport>>, took = { ms: 2000, workers: 2 }) {
  const all = createFleetTally(() => 0)
  for (const [name, one] of Object.entries(reports)) all.add(name, one)
  return all.report(took)
}

describe('the numbers of a fleet', () => {
  it('tell recordings apart that are identical, differ only in what is allowed, diverge, or cannot be read', () => {
    const all = createFleetTally(() => 0)
    all.add('a', report([]))
    all.add('b', report([divergence('prompt-changed', { allowed: true })]))
    all.add('c', report([divergence('extra-call')]))
    all.addBroken('z', 'not a recording')
    all.addBroken('y', 'empty')
    expect(all.report({ ms: 2000, workers: 2 })).toMatchObject({
      createdAt: '1970-01-01T00:00:00.000Z',
      recordings: 5,
      identical: 1,
      allowed: 1,
      diverged: 1,
      broken: [
        { name: 'y', why: 'empty' },
        { name: 'z', why: 'not a recording' },
      ],
      took: { ms: 2000, workers: 2, perSecond: 2.5 },
    })
    expect(tally({}, { ms: 0, workers: 1 }).took.perSecond).toBe(0)
  })

  it('count a class once for each recording, in the order of the classes', () => {
    const twice = [divergence('missing-call'), divergence('missing-call'), divergence('prompt-changed')]
    expect(tally({ a: report(twice), b: report([divergence('missing-call')]) }).classes).toEqual([
      { class: 'prompt-changed', recordings: 1 },
      { class: 'missing-call', recordings: 2 },
    ])
  })

  it('add up what was saved; one unknown price makes the sum unknown', () => {
    expect(tally({ a: report([]), b: report([]) }).saved).toEqual({ usd: 1, tokens: 20, ms: 8 })
    const unknown = report([], { saved: { usd: null, tokens: 1, ms: 1 } })
    expect(tally({ a: unknown, b: report([]) }).saved).toEqual({ usd: null, tokens: 11, ms: 5 })
  })

  it('say how long each node took, the one that took longest first', () => {
    const steps = (node: string, ...all: number[]) => all.map((ms) => ({ node, visit: 0, ms }))
    const { nodes } = tally({
      a: report([], { steps: [...steps('plan', 1), ...steps('topics', 9, 1, 5)] }),
      b: report([], { steps: steps('topics', 3) }),
    })
    expect(nodes).toEqual([
      { node: 'topics', steps: 4, totalMs: 18, medianMs: 5, p95Ms: 9 },
      { node: 'plan', steps: 1, totalMs: 1, medianMs: 1, p95Ms: 1 },
    ])
  })
})

describe('the first divergence of each recording', () => {
  const allowed = divergence('prompt-changed', { allowed: true })

  it('is the first that is not allowed; it is summed up by class and node, with a few examples', () => {
    const names = ['e', 'd', 'c', 'b', 'a']
    const same = Object.fromEntries(names.map((name) => [name, report([allowed, divergence('extra-call')])]))
    expect(
      tally({ ...same, x: report([allowed]), y: report([divergence('extra-call', { node: 'plan' })]) }).first,
    ).toEqual([
      { class: 'extra-call', node: 'topics', recordings: 5, examples: ['c', 'd', 'e'] },
      { class: 'extra-call', node: 'plan', recordings: 1, examples: ['y'] },
      { class: 'prompt-changed', node: 'topics', recordings: 1, examples: ['x'] },
    ])
  })

  it('has one line for each recording, by its name, that says where it is', () => {
    const { differing, more } = tally({
      c: report([divergence('understanding-differs', { node: null, visit: null })]),
      b: report([allowed]),
      a: report([divergence('extra-call', { exchange: 'topics.0.chat.2' })], {
        labels: { gained: [label('Looms')], lost: [] },
      }),
      same: report([]),
    })
    expect(differing.map(({ name, at, allowed: is, gained, lost }) => [name, at, is, gained, lost])).toEqual([
      ['a', 'topics.0.chat.2', false, 1, 0],
      ['b', 'topics.0', true, null, null],
      ['c', 'understanding', false, null, null],
    ])
    expect(more).toEqual({ differing: 0, labels: 0 })
  })

  it('has a bounded number of lines, and says how many are left out', () => {
    const many = Object.fromEntries(
      Array.from({ length: 1003 }, (_, at) => [`${at}`, report([divergence('extra-call')])]),
    )
    const { differing, more, diverged } = tally(many)
    expect([differing.length, more.differing, diverged]).toEqual([1000, 3, 1003])
  })
})

it('labels are counted over all recordings, those that changed most often first', () => {
  const labels = (gained: string[], lost: string[]) => ({
    labels: { gained: gained.map(label), lost: lost.map(label) },
  })
  const one = [divergence('understanding-differs')]
  const { labels: changed } = tally({
    a: report(one, labels(['Looms', 'Bees'], [])),
    b: report(one, labels(['Looms'], ['Ants'])),
    c: report(one, labels([], ['Looms'])),
  })
  expect(changed).toEqual([
    { ...label('Looms'), gained: 2, lost: 1 },
    { ...label('Ants'), gained: 0, lost: 1 },
    { ...label('Bees'), gained: 1, lost: 0 },
  ])
})
