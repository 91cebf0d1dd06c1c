import { END } from '@langchain/langgraph'
import { AGENT_NAMES, type AgentName } from '../agents/registry.ts'
import type { State } from '../state.ts'
import type { NodeFunction } from '../step.ts'

/** After intake: end if nothing changed, else go on to the transcript. */
export const afterIntake = ({ outcome }: State) => (outcome === 'unchanged' ? END : 'transcript')

/** After neighbours: only the agents whose facet must run. */
export function afterNeighbours({ planned }: State): (AgentName | 'assemble')[] {
  const running = AGENT_NAMES.filter((name) => planned?.facets[name]?.action === 'run')
  return running.length > 0 ? running : ['assemble']
}

/** After the critique: revise if it names agents, else publish. */
export const afterCritique = ({ judgement }: State) => (judgement?.verdict === 'revise' ? 'revise' : 'publish')

/** Opens the next round: the agents that the critique names run again, with its findings. */
export const revise: NodeFunction = ({ round }) => ({ round: round + 1 })

/** After revise: only the agents that the critique named. */
export const afterRevise = ({ judgement }: State): AgentName[] => judgement?.revise ?? []
