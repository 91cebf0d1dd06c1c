import type { Difference } from '../../ledger/compare-json.ts'
import { type Exchange, exchangeName, type Step, type StepName, stepName } from '../../ledger/exchange.ts'
import type { Diverged } from '../../ledger/interruptions.ts'
import { recordedValue } from '../../ledger/recorded-run.ts'
import type { Recording } from '../../recordings/recording.ts'
import { compareOutcome, staleFacets } from '../../trace/compare-outcome.ts'
import type { Divergence, DivergenceClass } from '../replay-report.ts'
import { boundDifferences } from './bounded-differences.ts'
import { classifyRequest } from './classify-divergence.ts'
import { stepOrder } from './step-order.ts'

/** A step that today's graph has executed. */
export interface ExecutedStep extends Omit<Step, 'update'> {
  /** True if its update is the recorded one. */
  same: boolean
  /** Its update as JSON, if it differs. */
  update: unknown
}

/** What today's graph did with a recording. */
export interface Execution {
  steps: readonly ExecutedStep[]
  diverged: readonly Diverged[]
  unused: readonly Exchange[]
  /** The document as JSON. Null if it published nothing. */
  document: unknown
  /** True if the document is the recorded one. */
  sameDocument: boolean
  /** True if it ended before the run did. */
  stopped: boolean
}

interface Found {
  /** Divergences that only say what something was made with come after all others. */
  rank: 0 | 1
  superstep: number
  divergence: Divergence
}

/**
 * Every place where the execution differs from the recording. Causes come before their consequences: the order is (superstep, node).
 * Within a node, first come its calls in their order, then recorded answers that nothing asked for, then its update. The document is last.
 * What a step was made with (fingerprint, prompt, model) is reported only if nothing else differs.
 */
export function findDivergences(recording: Recording, execution: Execution): { found: Divergence[]; stale: string[] } {
  const order = stepOrder(recording.steps, execution)
  const unfinished = recording.run.status === 'cancelled'
  const recorded = new Map(recording.steps.map((step) => [stepName(step), step]))
  const found: Found[] = []
  const stale: string[] = []
  const ended = (name: string) => recorded.get(name)?.error === null

  function add(
    name: DivergenceClass,
    at: StepName,
    differences: readonly Difference[],
    more: Partial<Divergence> = {},
  ) {
    const { node, visit } = at
    const superstep = order.superstepOf(stepName(at))
    const divergence = {
      class: name,
      node,
      visit,
      superstep: Math.ceil(superstep),
      exchange: null,
      nearMiss: null,
      allowed: false,
      ...boundDifferences(differences),
      ...more,
    }
    found.push({ rank: 0, superstep, divergence })
  }

  // A run that was cancelled has only the steps that it reached.
  for (const { step, differences } of order.shape)
    if (!unfinished || recorded.has(stepName(step))) add('graph-shape-changed', step, differences)
  for (const { call, nearMiss, request } of execution.diverged) {
    const name = stepName(call)
    if (order.isExtra(name) || (unfinished && !ended(name))) continue
    const exchange = exchangeName(call)
    if (nearMiss === undefined) {
      add('extra-call', call, [{ pointer: '', was: undefined, is: request }], { exchange })
      continue
    }
    const was = recordedValue(recording, nearMiss.request)
    for (const { class: kind, differences } of classifyRequest(call.kind, was, request))
      add(kind, call, differences, { exchange, nearMiss: exchangeName(nearMiss) })
  }
  for (const exchange of execution.unused) {
    if (!order.isDone(stepName(exchange)) || (unfinished && !ended(stepName(exchange)))) continue
    const was = recordedValue(recording, exchange.request)
    add('missing-call', exchange, [{ pointer: '', was, is: undefined }], { exchange: exchangeName(exchange) })
  }
  for (const step of execution.steps) {
    const before = recorded.get(stepName(step))
    if (before === undefined || step.error?.startsWith('Diverged') || (unfinished && before.error !== null)) continue
    if (before.error !== null || step.error !== null) {
      if (before.error !== step.error)
        add('state-update-differs', step, [
          { pointer: '/error', was: before.error ?? undefined, is: step.error ?? undefined },
        ])
      continue
    }
    if (step.same) continue
    const was = before.update === null ? undefined : recordedValue(recording, before.update)
    const { telling, provenance } = compareOutcome(was, step.update)
    stale.push(...staleFacets(provenance))
    if (telling.length > 0) add('state-update-differs', step, telling)
    else if (provenance.length > 0) {
      add('state-update-differs', step, provenance)
      demote(found)
    }
  }
  if (!execution.stopped && !execution.sameDocument) {
    const { telling, provenance } = compareOutcome(recording.document, execution.document)
    const differences = telling.length > 0 ? telling : provenance
    if (differences.length > 0)
      found.push({
        rank: telling.length > 0 ? 0 : 1,
        superstep: Number.MAX_SAFE_INTEGER,
        divergence: ofDocument(differences),
      })
  }
  const rank = Math.min(...found.map((each) => each.rank))
  const ofRank = found.filter((each) => each.rank === rank).sort(bySuperstepAndNode)
  return { found: ofRank.map(({ divergence }) => divergence), stale: [...new Set(stale)] }
}

function demote(found: Found[]): void {
  const last = found.at(-1)
  if (last !== undefined) last.rank = 1
}

function ofDocument(differences: readonly Difference[]): Divergence {
  const nowhere = { node: null, visit: null, superstep: null, exchange: null, nearMiss: null }
  return { class: 'understanding-differs', ...nowhere, allowed: false, ...boundDifferences(differences) }
}

/** Sorting is stable, so the divergences of one node keep their order. */
function bySuperstepAndNode(a: Found, b: Found): number {
  if (a.superstep !== b.superstep) return a.superstep - b.superstep
  const [left, right] = [nameOf(a), nameOf(b)]
  return left < right ? -1 : left > right ? 1 : 0
}

function nameOf({ divergence: { node, visit } }: Found): string {
  return node === null ? '' : stepName({ node, visit: visit ?? 0 })
}
