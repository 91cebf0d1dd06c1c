import type { Difference } from '../../ledger/compare-json.ts'
import { type Step, type StepName, stepName } from '../../ledger/exchange.ts'

/** How the steps of two executions of one run correspond. */
export interface StepOrder {
  /** Steps that only one side has, or that come at another time. */
  shape: { step: StepName; differences: Difference[] }[]
  /**
   * The place of a step among those of the recording. A step that the recording does not have comes right after its predecessor. So an
   * added or removed step does not move all that follow.
   */
  superstepOf(name: string): number
  isExtra(name: string): boolean
  /** The steps that today's graph executed to their end. */
  isDone(name: string): boolean
}

export function stepOrder(
  recorded: readonly Step[],
  execution: { steps: readonly Omit<Step, 'update'>[]; stopped: boolean },
): StepOrder {
  const before = new Map(recorded.map((step) => [stepName(step), step.superstep]))
  const executed = [...execution.steps].sort((a, b) => a.superstep - b.superstep)
  const now = new Map(executed.map((step) => [stepName(step), step]))
  const extra = executed.filter((step) => !before.has(stepName(step)))
  const reached = Math.max(-1, ...executed.map((step) => before.get(stepName(step)) ?? -1))
  const missing = recorded.filter(
    (step) => !now.has(stepName(step)) && (!execution.stopped || step.superstep <= reached),
  )
  const shape = [
    ...extra.map((step) => ({ step, differences: [{ pointer: '', was: undefined, is: stepName(step) }] })),
    ...missing.map((step) => ({ step, differences: [{ pointer: '', was: stepName(step), is: undefined }] })),
  ]
  return {
    shape: shape.length > 0 ? shape : moved(),
    superstepOf: (name) => before.get(name) ?? between(name),
    isExtra: (name) => !before.has(name),
    isDone: (name) => now.get(name)?.error === null,
  }

  /** The same steps in another order: the first ones that come at another time. */
  function moved(): StepOrder['shape'] {
    const others = executed.filter((step) => before.get(stepName(step)) !== step.superstep)
    const [first] = others
    return others
      .filter(({ superstep }) => superstep === first?.superstep)
      .map((step) => ({
        step,
        differences: [{ pointer: '/superstep', was: before.get(stepName(step)), is: step.superstep }],
      }))
  }

  function between(name: string): number {
    const superstep = now.get(name)?.superstep ?? 0
    const beside = executed.find((step) => step.superstep === superstep && before.has(stepName(step)))
    if (beside !== undefined) return before.get(stepName(beside)) ?? 0
    const earlier = executed.filter((step) => step.superstep < superstep && before.has(stepName(step)))
    // Several such steps in a row keep their order, before the next step that the recording has.
    const after = Math.max(1, superstep - Math.max(0, ...earlier.map((step) => step.superstep)))
    return Math.max(-1, ...earlier.map((step) => before.get(stepName(step)) ?? -1)) + after / (after + 1)
  }
}
