/** Steps of a first round through the graph, in order: before the agents, which run side by side, and after them. */
export const BEFORE_AGENTS = ['intake.0', 'transcript.0', 'segment.0', 'plan.0', 'neighbours.0']
export const AFTER_AGENTS = ['assemble.0', 'verify.0', 'critique.0', 'publish.0']
