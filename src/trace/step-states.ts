import { State } from '../../graphs/state.ts'
import { type Step, stepName } from '../ledger/exchange.ts'
import { type RecordedRun, recordedValue } from '../ledger/recorded-run.ts'
import { readState, type StateValue } from './recorded-state.ts'

const channels = new Map(Object.entries(State.getChannels()))

/** What one step found in state, and what it left there: handles and drafts, never a transcript's text. */
export interface StepState {
  step: Step
  /** The state when its superstep began. Siblings that ran at the same time share it. */
  before: StateValue
  /** Null if the step failed or its update is gone. */
  update: StateValue | null
  /** `before` with only this step's update. */
  after: StateValue
}

/** The state around every step, in the order of the steps. It is computed from the recorded updates, as the graph computes it. */
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

/** The state around one step, named `topics.0`. Null if the run has no such step. */
export function stepState(run: RecordedRun, name: string): StepState | null {
  return stepStates(run).find(({ step }) => stepName(step) === name) ?? null
}

/** What a step changed in state, as it was recorded. */
function updateOf(run: RecordedRun, { update }: Step): StateValue | null {
  return update === null ? null : readState(recordedValue(run, update))
}

/** The state that every run begins with. */
function initialState(): StateValue {
  return Object.fromEntries([...channels].map(([name, channel]) => [name, channel.fromCheckpoint().get()]))
}

/**
 * The state after an update, by the graph's own channels and their reducers. An older run may have members that today's graph does not
 * know. They are taken as they are.
 */
function foldUpdate(before: StateValue, update: StateValue): StateValue {
  const after = new Map(Object.entries(before))
  for (const [name, value] of Object.entries(update)) {
    const channel = channels.get(name)?.fromCheckpoint(after.get(name))
    channel?.update([value])
    after.set(name, channel === undefined ? value : channel.get())
  }
  return Object.fromEntries(after)
}
