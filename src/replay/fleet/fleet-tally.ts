import { DIVERGENCE_CLASSES, type Divergence, type DivergenceClass, type ReplayReport } from '../replay-report.ts'
import type { FleetReport } from './fleet-report.ts'

/** Adds up the reports of a fleet. It holds counts, and at most one line for each recording. */
export interface FleetTally {
  add(name: string, report: ReplayReport): void
  addBroken(name: string, why: string): void
  /** `ms` is how long everything took. */
  report(took: { ms: number; workers: number }): FleetReport
}

const MOST_DIFFERING = 1_000
const MOST_LABELS = 500
const EXAMPLES = 3

export function createFleetTally(now: () => number): FleetTally {
  let [identical, allowed, diverged] = [0, 0, 0]
  const broken: FleetReport['broken'] = []
  const classes = new Map<DivergenceClass, number>()
  const first = new Map<string, FleetReport['first'][number]>()
  const labels = new Map<string, FleetReport['labels'][number]>()
  const nodes = new Map<string, number[]>()
  const differing: FleetReport['differing'] = []
  const saved: FleetReport['saved'] = { usd: 0, tokens: 0, ms: 0 }
  let left = 0

  function countLabels(report: ReplayReport): void {
    for (const side of ['gained', 'lost'] as const)
      for (const label of report.labels?.[side] ?? []) {
        const key = JSON.stringify([label.facet, label.key, label.name])
        const known = labels.get(key) ?? { ...label, gained: 0, lost: 0 }
        known[side]++
        labels.set(key, known)
      }
  }

  function countFirst(name: string, divergence: Divergence): void {
    const key = `${divergence.class} ${divergence.node}`
    const known = first.get(key) ?? { class: divergence.class, node: divergence.node, recordings: 0, examples: [] }
    known.recordings++
    if (known.examples.length < EXAMPLES) known.examples.push(name)
    first.set(key, known)
  }

  return {
    add(name, report) {
      const { divergences } = report
      saved.usd = saved.usd === null || report.saved.usd === null ? null : saved.usd + report.saved.usd
      saved.tokens += report.saved.tokens
      saved.ms += report.saved.ms
      for (const { node, ms } of report.steps) push(nodes, node, ms)
      const counting = divergences.find((each) => !each.allowed) ?? divergences[0]
      if (counting === undefined) {
        identical++
        return
      }
      if (report.identical) allowed++
      else diverged++
      for (const each of new Set(divergences.map((divergence) => divergence.class)))
        classes.set(each, (classes.get(each) ?? 0) + 1)
      countFirst(name, counting)
      countLabels(report)
      if (differing.length < MOST_DIFFERING) differing.push(lineOf(name, report, counting))
      else left++
    },
    addBroken(name, why) {
      broken.push({ name, why })
    },
    report({ ms, workers }) {
      const changed = [...labels.values()].sort(
        (a, b) => b.gained + b.lost - a.gained - a.lost || byText(a.name, b.name),
      )
      const recordings = identical + allowed + diverged + broken.length
      return {
        schema: 'linernotes/fleet-report/1',
        createdAt: new Date(now()).toISOString(),
        recordings,
        identical,
        allowed,
        diverged,
        broken: [...broken].sort((a, b) => byText(a.name, b.name)),
        classes: DIVERGENCE_CLASSES.flatMap((name) => {
          const count = classes.get(name)
          return count === undefined ? [] : [{ class: name, recordings: count }]
        }),
        first: [...first.values()]
          .map((entry) => ({ ...entry, examples: [...entry.examples].sort(byText) }))
          .sort((a, b) => b.recordings - a.recordings || byText(a.node ?? '', b.node ?? '')),
        labels: changed.slice(0, MOST_LABELS),
        saved,
        took: { ms, workers, perSecond: ms > 0 ? (recordings * 1000) / ms : 0 },
        nodes: [...nodes].map(([node, all]) => timesOf(node, all)).sort((a, b) => b.totalMs - a.totalMs),
        differing: [...differing].sort((a, b) => byText(a.name, b.name)),
        more: { differing: left, labels: Math.max(0, changed.length - MOST_LABELS) },
      }
    },
  }
}

function lineOf(name: string, report: ReplayReport, first: Divergence): FleetReport['differing'][number] {
  return {
    name,
    run: report.run,
    item: report.item,
    title: report.title,
    class: first.class,
    at: first.exchange ?? (first.node === null ? 'understanding' : `${first.node}.${first.visit}`),
    divergences: report.divergences.length,
    allowed: report.identical,
    gained: report.labels?.gained.length ?? null,
    lost: report.labels?.lost.length ?? null,
  }
}

function timesOf(node: string, all: readonly number[]): FleetReport['nodes'][number] {
  const sorted = [...all].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return {
    node,
    steps: all.length,
    totalMs: all.reduce((sum, ms) => sum + ms, 0),
    medianMs: at(0.5),
    p95Ms: at(0.95),
  }
}

function push(lists: Map<string, number[]>, key: string, value: number): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [value])
  else list.push(value)
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
