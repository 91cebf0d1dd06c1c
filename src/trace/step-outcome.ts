import { draftsIn, judgementIn } from './recorded-state.ts'

/** How the conversation of an agent ended in one step. */
export interface StepOutcome {
  /** Why it gave no answer; null where it gave one. */
  abstained: string | null
  /** Whether asking again may end otherwise. */
  again: boolean
  /** Answers that were sent back, those of earlier rounds included. */
  rejected: number
}

/** How an agent's conversation ended, from what its step left in state; null for steps that are none, and for what cannot be read. */
export function stepOutcome(node: string, update: unknown): StepOutcome | null {
  const draft = draftsIn(update).get(node)
  if (draft !== undefined) {
    const { status, reason = '', again = false, usage } = draft
    const abstained = status === 'abstained'
    return { abstained: abstained ? reason : null, again: abstained && again, rejected: usage?.rejected ?? 0 }
  }
  // The critic labels nothing: what it leaves is a judgement.
  const judgement = judgementIn(update)
  if (judgement === null) return null
  const { abstained, usage } = judgement
  return { abstained: abstained?.reason ?? null, again: abstained?.again ?? false, rejected: usage?.rejected ?? 0 }
}

/**
 * Whether the last answer of a step was rejected. Nothing follows it that says so: it was, where the step counts one more than its
 * model was told.
 * @param before how the agent's conversation ended in the visit before, as the step counts those rejections too
 */
export function lastWasRejected(now: StepOutcome, before: StepOutcome | null, told: number): boolean {
  return now.rejected - (before?.rejected ?? 0) > told
}
