/** The decisions that a person can make about a label. */
export const DECISION_ACTIONS = ['approve', 'amend', 'reject'] as const
export type DecisionAction = (typeof DECISION_ACTIONS)[number]
