import type { NodeFunction } from '../step.ts'

/** Opens the next round: the agents that the critique names run again, with its findings. */
export const revise: NodeFunction = ({ round }) => ({ round: round + 1 })
