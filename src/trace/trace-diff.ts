import { type DocumentLabel, documentLabels } from '../content/labels/document-labels.ts'
import type { Facet } from '../content/labels/label-types.ts'
import type { Understanding } from '../content/understanding-schema.ts'
import { compareJson, type Difference } from '../ledger/compare-json.ts'
import { type Exchange, exchangeName, type Step, stepName } from '../ledger/exchange.ts'
import { type RecordedRun, recordedValue } from '../ledger/recorded-run.ts'
import { compareOutcome } from './compare-outcome.ts'

/** A run to compare: what it recorded, and what it published. */
export interface ComparedRun {
  recorded: RecordedRun
  /** Null if it published nothing. */
  document: Understanding | null
}

/** One step of two runs side by side. */
export interface StepPair {
  name: string
  node: string
  /** How long each took. Null if a run did not take the step. */
  ms: readonly [number | null, number | null]
  /**
   * `asked`: the step left the same, but asked or was answered something else on the way. `provenance`: the step left the same, but was
   * made with another prompt, model or version.
   */
  how: 'same' | 'differs' | 'asked' | 'provenance' | 'only-a' | 'only-b'
  /** Differences in its update and its error. */
  differences: readonly Difference[]
  calls: readonly CallPair[]
}

/** A call of a step that differs. `same` calls are left out. */
export interface CallPair {
  name: string
  how: 'asked' | 'answered' | 'only-a' | 'only-b'
  differences: readonly Difference[]
}

/** A label that only one document has, or about which the two documents say different things. */
export interface LabelChange {
  facet: Facet
  name: string
  how: 'added' | 'removed' | 'changed'
  /** JSON pointers into the two documents. Null if the label is not in one. */
  before: string | null
  after: string | null
  /** Score, evidence, risk, and so on. Empty unless `changed`. The pointers lead into the label. */
  differences: readonly Difference[]
}

export interface TraceDiff {
  /** In the order of superstep, then node. The first that differs is the first to look at. */
  pairs: StepPair[]
  first: StepPair | null
  /** Null if one of the two published nothing of its own. */
  labels: LabelChange[] | null
}

/** How two runs differ: step by step, and label by label. */
export function diffRuns(a: ComparedRun, b: ComparedRun): TraceDiff {
  const pairs = diffSteps(a.recorded, b.recorded)
  return {
    pairs,
    first: pairs.find(({ how }) => how !== 'same') ?? null,
    labels: a.document === null || b.document === null ? null : diffLabels(a.document, b.document),
  }
}

function diffSteps(a: RecordedRun, b: RecordedRun): StepPair[] {
  const [left, right] = [byName(a), byName(b)]
  const order = [...new Map([...left, ...right])].sort(
    ([, x], [, y]) => x.superstep - y.superstep || (x.node < y.node ? -1 : x.node > y.node ? 1 : x.visit - y.visit),
  )
  return order.map(([name, { node }]): StepPair => {
    const [was, is] = [left.get(name), right.get(name)]
    const common = { name, node, ms: [was?.ms ?? null, is?.ms ?? null] as const }
    if (was === undefined) return { ...common, how: 'only-b', differences: [], calls: [] }
    if (is === undefined) return { ...common, how: 'only-a', differences: [], calls: [] }
    const { telling, provenance } = compareOutcome(outcome(a, was), outcome(b, is))
    const calls = diffCalls(callsOf(a, name), callsOf(b, name), [a, b])
    const how =
      telling.length > 0 ? 'differs' : calls.length > 0 ? 'asked' : provenance.length > 0 ? 'provenance' : 'same'
    return { ...common, how, differences: [...telling, ...provenance], calls }
  })
}

function byName({ steps }: RecordedRun): Map<string, Step> {
  return new Map(steps.map((step) => [stepName(step), step]))
}

/** What a step left: its update and its error. */
function outcome(run: RecordedRun, { update, error }: Step): unknown {
  return { update: update === null ? null : recordedValue(run, update), error }
}

function callsOf({ exchanges }: RecordedRun, name: string): Map<string, Exchange> {
  // What is known of the item differs between any two runs of it, so it is left out.
  const own = exchanges.filter((call) => stepName(call) === name && call.kind !== 'known')
  return new Map(own.map((call) => [exchangeName(call), call]))
}

function diffCalls(
  left: Map<string, Exchange>,
  right: Map<string, Exchange>,
  [a, b]: readonly [RecordedRun, RecordedRun],
): CallPair[] {
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((name): CallPair[] => {
    const [was, is] = [left.get(name), right.get(name)]
    if (was === undefined) return [{ name, how: 'only-b', differences: [] }]
    if (is === undefined) return [{ name, how: 'only-a', differences: [] }]
    if (was.request !== is.request) {
      const differences = compareJson(recordedValue(a, was.request), recordedValue(b, is.request))
      return [{ name, how: 'asked', differences }]
    }
    if (was.response === is.response) return []
    const differences = compareJson(recordedValue(a, was.response), recordedValue(b, is.response)).filter(
      ({ pointer }) => !IN_PASSING.test(pointer),
    )
    return differences.length === 0 ? [] : [{ name, how: 'answered', differences }]
  })
}

/** Parts of a model's answer that do not count: ids that mean nothing, and how often the port had to ask. */
const IN_PASSING = /^\/(toolCalls\/\d+\/id$|usage\b|retries\b)/

function diffLabels(a: Understanding, b: Understanding): LabelChange[] {
  const [left, right] = [byKey(a), byKey(b)]
  return [...new Map([...left, ...right])].flatMap(([key, { facet, name }]): LabelChange[] => {
    const [was, is] = [left.get(key), right.get(key)]
    const change = { facet, name, before: was?.pointer ?? null, after: is?.pointer ?? null }
    if (was === undefined) return [{ ...change, how: 'added', differences: [] }]
    if (is === undefined) return [{ ...change, how: 'removed', differences: [] }]
    const differences = compareJson(was.value, is.value)
    return differences.length === 0 ? [] : [{ ...change, how: 'changed', differences }]
  })
}

function byKey(document: Understanding): Map<string, DocumentLabel> {
  return new Map(documentLabels(document).map((label) => [`${label.facet} ${label.key}`, label]))
}
