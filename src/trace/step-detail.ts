import type { Finding } from '../content/understanding-schema.ts'
import { addCosts, type Cost, type Exchange, NO_COST, type Step, type StepName, stepName } from '../ledger/exchange.ts'
import { type PatchOperation, patchBetween } from '../ledger/json-patch.ts'
import { type RecordedRun, recordedValue } from '../ledger/recorded-run.ts'
import { type AgentRound, agentRounds } from './agent-rounds.ts'
import { findingsIn } from './recorded-state.ts'
import { type StepState, stepState } from './step-states.ts'

/** All that a run recorded about one step. */
export interface StepDetail extends StepName {
  /** Null if the step has made calls and has not ended. */
  step: Step | null
  /** Null when `step` is. `patch` turns `before` into the state after this step alone. */
  state: (Pick<StepState, 'before' | 'update' | 'after'> & { patch: PatchOperation[] }) | null
  exchanges: Exchange[]
  rounds: AgentRound[]
  /** The findings of verifier and critic in this round: all of them for their own steps, otherwise those about this step's agent. */
  findings: Finding[]
  /** The sum over all calls of the step. */
  cost: Cost
}

/** One step by its name, `topics.0`. Null if the run has no such step. */
export function stepDetail(run: RecordedRun, name: string): StepDetail | null {
  const at = run.steps.find((step) => stepName(step) === name) ?? run.exchanges.find((call) => stepName(call) === name)
  if (at === undefined) return null
  const { node, visit } = at
  const exchanges = run.exchanges.filter((call) => stepName(call) === name)
  const found = stepState(run, name)
  return {
    node,
    visit,
    step: found?.step ?? null,
    state:
      found === null
        ? null
        : {
            before: found.before,
            update: found.update,
            after: found.after,
            patch: patchBetween(found.before, found.after),
          },
    exchanges,
    rounds: agentRounds(run, { node, visit }),
    findings: findingsOf(run, { node, visit }),
    cost: sum(exchanges),
  }
}

/** The findings of verifier and critic in one round, as their steps recorded them. */
export function findingsOfRound(run: RecordedRun, visit: number): Finding[] {
  return run.steps
    .filter((step) => step.visit === visit)
    .flatMap(({ update }) => (update === null ? [] : findingsIn(recordedValue(run, update))))
}

function findingsOf(run: RecordedRun, { node, visit }: StepName): Finding[] {
  return findingsOfRound(run, visit).filter(({ by, agent }) => by === node || agent === node)
}

function sum(exchanges: readonly Exchange[]): Cost {
  return exchanges.reduce<Cost>((total, { cost }) => (cost === null ? total : addCosts(total, cost)), NO_COST)
}
