import type { Difference } from '../../../ledger/compare.ts'
import { stepName } from '../../../ledger/exchange.ts'
import { type RecordedRun, recordedValue } from '../../../ledger/recorded-run.ts'
import { compareOutcome } from '../../../runs/replay/compare.ts'

/** One step of two runs side by side. */
export interface StepPair {
  name: string
  node: string
  /** How long each took; null where a run did not take the step. */
  ms: readonly [number | null, number | null]
  /** `provenance`: it left the same, made with something else. */
  how: 'same' | 'differs' | 'provenance' | 'only-a' | 'only-b'
  differences: readonly Difference[]
}

/** Two runs step by step, in order of superstep, then node: the first that differs is the first to look at. */
export function viewDiff(a: RecordedRun, b: RecordedRun): { pairs: StepPair[]; first: StepPair | null } {
  const [left, right] = [byName(a), byName(b)]
  const order = [...new Map([...left, ...right])].sort(
    ([, x], [, y]) => x.superstep - y.superstep || (x.node < y.node ? -1 : 1) || x.visit - y.visit,
  )
  const pairs = order.map(([name, { node }]): StepPair => {
    const [was, is] = [left.get(name), right.get(name)]
    const ms = [was?.ms ?? null, is?.ms ?? null] as const
    if (was === undefined) return { name, node, ms, how: 'only-b', differences: [] }
    if (is === undefined) return { name, node, ms, how: 'only-a', differences: [] }
    const { telling, provenance } = compareOutcome(outcome(a, was), outcome(b, is))
    const how = telling.length > 0 ? 'differs' : provenance.length > 0 ? 'provenance' : 'same'
    return { name, node, ms, how, differences: [...telling, ...provenance] }
  })
  return { pairs, first: pairs.find(({ how }) => how !== 'same') ?? null }
}

type Step = RecordedRun['steps'][number]

function byName({ steps }: RecordedRun): Map<string, Step> {
  return new Map(steps.map((step) => [stepName(step), step]))
}

/** What a step left: its update and its error. Two updates of one content are one value, read once. */
function outcome(run: RecordedRun, { update, error }: Step): unknown {
  return { update: update === null ? null : recordedValue(run, update), error }
}
