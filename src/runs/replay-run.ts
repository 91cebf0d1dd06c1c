import type { GraphSettings, RunContext } from '../../graphs/context.ts'
import { createWorkspace } from '../../graphs/workspace.ts'
import type { Item } from '../content/item.ts'
import type { RunRecord } from '../database/records.ts'
import { canonical, expand } from '../ledger/canonical.ts'
import { compareJson, type Difference } from '../ledger/compare.ts'
import type { Diverged } from '../ledger/errors.ts'
import { exchangeName, type Step, stepName } from '../ledger/exchange.ts'
import { replay } from '../ledger/policies.ts'
import { type RecordedRun, recordedValue } from '../ledger/recorded-run.ts'
import { nothingRecorded, openSession } from '../ledger/session.ts'
import { NoTracer } from '../models/no-tracer.ts'
import { RECURSION_LIMIT, type RunnableGraph } from './execute-run.ts'
import { recordedPorts } from './recorded-ports.ts'
import type { RunContextDeps } from './run-context.ts'

/** One place where today's code does something else than the recording. */
export interface Divergence {
  step: string
  superstep: number
  /** The exchange that was asked for or left unused; null where the step's update or the document differs. */
  exchange: string | null
  what: 'other call' | 'unused answer' | 'other update' | 'other step' | 'missing step' | 'other document'
  /** Where, as JSON pointers, with both values; empty where there is nothing to compare with. */
  differences: Difference[]
}

export interface ReplayReport {
  identical: boolean
  /** In order of (superstep, node), never of time. A superstep finishes before the replay stops. */
  divergences: Divergence[]
  served: number
}

export interface ReplayDeps extends Omit<RunContextDeps, 'writer' | 'policy' | 'budget'> {
  graph: RunnableGraph
}

/** Differs between any two executions: what happened when and at which price is no part of being identical. */
const VOLATILE = new Set(['ms', 'costUsd', 'version', 'seq'])

/**
 * Runs today's code against what a run has recorded. Every exchange is served from the recording, nothing is performed,
 * written, published or indexed.
 */
export async function replayRun(
  record: RunRecord,
  item: Item,
  settings: GraphSettings,
  deps: ReplayDeps,
): Promise<ReplayReport> {
  const { tenant, repositories, store, ports } = deps
  const { id, itemId, attempt } = record
  const base = await store.load(tenant, id)
  const owner = { tenant, itemId, runId: id, attempt }
  const session = openSession({ owner, policy: replay, own: nothingRecorded, base, writer: null, now: ports.clock })
  const published = record.version === null ? null : await repositories.understandings.version(itemId, record.version)
  const steps = recordedSteps(base)
  const executed: ExecutedStep[] = []
  const found: Divergence[] = []
  const abort = new AbortController()
  const unreachable = () => Promise.reject(new Error('a replay reads nothing from the database'))
  const context: RunContext = {
    run: { id, parentId: record.parentRunId },
    itemId,
    item,
    settings,
    workspace: createWorkspace(),
    taxonomies: deps.taxonomies,
    taxonomyVersion: deps.taxonomyVersion,
    analysis: deps.analysis,
    signal: abort.signal,
    at: recordedPorts({ ...ports, known: unreachable, neighbours: unreachable }, session, abort.signal),
    recordStep: async (step, update) => {
      executed.push({ ...step, update: roundTrip(update) })
    },
    async publish({ document }) {
      const place = { version: record.version ?? 1, seq: published?.seq ?? 1 }
      const differences = compareJson(published, roundTrip(document(place)), VOLATILE)
      const superstep = Number.MAX_SAFE_INTEGER
      if (differences.length > 0)
        found.push({ step: 'document', superstep, exchange: null, what: 'other document', differences })
      return place
    },
    startedAt: ports.clock(),
    clock: ports.clock,
    spent: session.spent,
    price: ports.price,
  }
  try {
    const callbacks = [new NoTracer()]
    await deps.graph.invoke(
      {},
      { context: { run: context }, signal: abort.signal, recursionLimit: RECURSION_LIMIT, callbacks },
    )
  } catch (error) {
    // Where the recording ends the replay stops; anything else that fails is a fault of today's code.
    if (session.diverged().length === 0) throw error
  }
  const stopped = session.diverged().length > 0
  const place = (name: string) =>
    executed.find((step) => stepName(step) === name)?.superstep ?? steps.get(name)?.superstep ?? 0
  for (const diverged of session.diverged()) found.push(otherCall(diverged, base, place(stepName(diverged.call))))
  found.push(...compareSteps(steps, executed, stopped))
  for (const exchange of stopped ? [] : session.unused()) {
    const step = stepName(exchange)
    found.push({
      step,
      superstep: place(step),
      exchange: exchangeName(exchange),
      what: 'unused answer',
      differences: [],
    })
  }
  const divergences = found.sort((a, b) => a.superstep - b.superstep || a.step.localeCompare(b.step))
  return { identical: divergences.length === 0, divergences, served: session.counts().served }
}

interface ExecutedStep extends Omit<Step, 'update'> {
  update: unknown
}

function recordedSteps(base: RecordedRun): Map<string, ExecutedStep> {
  return new Map(
    base.steps.map((step) => [
      stepName(step),
      { ...step, update: step.update === null ? undefined : recordedValue(base, step.update) },
    ]),
  )
}

function compareSteps(
  recorded: ReadonlyMap<string, ExecutedStep>,
  executed: readonly ExecutedStep[],
  stopped: boolean,
): Divergence[] {
  const done = new Set(executed.map(stepName))
  const changed = executed.flatMap((step): Divergence[] => {
    const name = stepName(step)
    const before = recorded.get(name)
    const { superstep } = step
    if (before === undefined) return [{ step: name, superstep, exchange: null, what: 'other step', differences: [] }]
    // A step that stopped at the end of the recording has no update: its call is the divergence.
    if (step.error !== null) return []
    const differences = compareJson(before.update, step.update, VOLATILE)
    return differences.length === 0
      ? []
      : [{ step: name, superstep, exchange: null, what: 'other update', differences }]
  })
  const missing = [...recorded].flatMap(([name, { superstep }]): Divergence[] =>
    stopped || done.has(name) ? [] : [{ step: name, superstep, exchange: null, what: 'missing step', differences: [] }],
  )
  return [...changed, ...missing]
}

function otherCall({ call, nearMiss, request }: Diverged, base: RecordedRun, superstep: number): Divergence {
  const exchange = exchangeName(call)
  const divergence = { step: stepName(call), superstep, exchange, what: 'other call' as const }
  const recorded = nearMiss === undefined ? undefined : recordedValue(base, nearMiss.request)
  return { ...divergence, differences: recorded === undefined ? [] : compareJson(recorded, request) }
}

function roundTrip(value: unknown): unknown {
  if (value === undefined) return undefined
  const { json, blobs } = canonical(value)
  return expand(json, (hash) => blobs.find((blob) => blob.hash === hash)?.text)
}
