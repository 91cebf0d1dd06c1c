import { type StepName, stepName } from '../../ledger/exchange.ts'
import type { IsAtOrDownstream } from '../../ledger/policies.ts'

/** The part of a fork that is its own: a step with what is downstream of it, and whatever its parent did not record to its end. */
export interface LivePart {
  at: StepName
  /** Names of the steps that are recorded to their end; null: all that are not downstream. */
  whole: readonly string[] | null
}

/** Whether the parent recorded a step to its end. */
export function isWhole(step: StepName, { whole }: LivePart): boolean {
  return whole === null || whole.includes(stepName(step))
}

export function isLive(step: StepName, part: LivePart, isAtOrDownstream: IsAtOrDownstream): boolean {
  return isAtOrDownstream(step, part.at) || !isWhole(step, part)
}
