import { draftsIn, judgementIn } from './recorded-state.ts'

/** How the conversation of an agent ended in one step. */
export interface StepOutcome {
  /** Why it gave no answer. Null if it gave one. */
  abstained: string | null
  /** Whether another attempt may end otherwise. */
  again: boolean
  /** Answers that were sent back, including those of earlier rounds. */
  rejected: number
}

/** How an agent's conversation ended, from what its step left in state. Null for steps without one, and if it cannot be read. */
export function stepOutcome(node: string, update: unknown): StepOutcome | null {
  const draft = draftsIn(update).get(node)
  if (draft !== undefined) {
    const { status, reason = '', again = false, usage } = draft
    const abstained = status === 'abstained'
    return { abstained: abstained ? reason : null, again: abstained && again, rejected: usage?.rejected ?? 0 }
  }
  // The critic makes no labels. It leaves a judgement.
  const judgement = judgementIn(update)
  if (judgement === null) return null
  const { abstained, usage } = judgement
  return { abstained: abstained?.reason ?? null, again: abstained?.again ?? false, rejected: usage?.rejected ?? 0 }
}

/**
 * Whether the last answer of a step was rejected. No later call tells the model so. It was rejected if the step counts one more rejection
 * than its model was told.
 * @param before how the agent's conversation ended in the visit before; the step counts those rejections too
 */
export function lastWasRejected(now: StepOutcome, before: StepOutcome | null, told: number): boolean {
  return now.rejected - (before?.rejected ?? 0) > told
}
