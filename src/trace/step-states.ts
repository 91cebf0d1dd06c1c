import { type Step, stepName } from '../ledger/exchange.ts'
import { type RecordedRun, recordedValue } from '../ledger/recorded-run.ts'
import { foldUpdate, initialState } from './fold-updates.ts'
import { readState, type StateValue } from './recorded-state.ts'

/** What one step found in state and what it left there: handles and drafts, never a transcript's text. */
export interface StepState {
  step: Step
  /** When its superstep began: siblings that ran at the same time share it. */
  before: StateValue
  /** Null where the step failed or its update is gone. */
  update: StateValue | null
  /** `before` with this step's update alone. */
  after: StateValue
}

/** The state around every step, in the order of the steps: computed from the recorded updates, as the graph computes it. */
export function stepStates(run: RecordedRun): StepState[] {
  const states: StepState[] = []
  let superstep: number | undefined
  let before = initialState()
  let next = before
  for (const step of run.steps) {
    if (step.superstep !== superstep) before = next
    superstep = step.superstep
    const update = updateOf(run, step)
    states.push({ step, before, update, after: update === null ? before : foldUpdate(before, update) })
    if (update !== null) next = foldUpdate(next, update)
  }
  return states
}

/** The state around one step, named `topics.0`; null where the run has no such step. */
export function stepState(run: RecordedRun, name: string): StepState | null {
  return stepStates(run).find(({ step }) => stepName(step) === name) ?? null
}

/** What a step changed in state, as it was recorded. */
function updateOf(run: RecordedRun, { update }: Step): StateValue | null {
  return update === null ? null : readState(recordedValue(run, update))
}
