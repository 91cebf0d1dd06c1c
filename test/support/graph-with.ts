import { END, START, StateGraph } from '@langchain/langgraph'
import { AGENT_NAMES, AGENTS, type AgentName } from '../../graphs/agents/registry.ts'
import { GraphContext } from '../../graphs/context.ts'
import { agentNode } from '../../graphs/nodes/agent.ts'
import { assemble } from '../../graphs/nodes/assemble.ts'
import { critique } from '../../graphs/nodes/critique.ts'
import { intake } from '../../graphs/nodes/intake.ts'
import { neighbours } from '../../graphs/nodes/neighbours.ts'
import { afterCritique, afterIntake, afterNeighbours, afterRevise, revise } from '../../graphs/nodes/next-nodes.ts'
import { plan } from '../../graphs/nodes/plan.ts'
import { publish } from '../../graphs/nodes/publish.ts'
import { segment } from '../../graphs/nodes/segment.ts'
import { transcript } from '../../graphs/nodes/transcript.ts'
import { verify } from '../../graphs/nodes/verify.ts'
import { State } from '../../graphs/state.ts'
import { type NodeFunction, step } from '../../graphs/step.ts'
import type { RunnableGraph } from '../../src/runs/execute-run.ts'

const NODES = {
  intake,
  transcript,
  segment,
  plan,
  neighbours,
  assemble,
  verify,
  critique,
  revise,
  publish,
} satisfies Record<string, NodeFunction>
type NodeName = keyof typeof NODES | AgentName
type AfterAgents = 'assemble' | 'verify' | 'critique'

export interface Change {
  /** Other code in place of a node's own. */
  nodes?: Partial<Record<NodeName, NodeFunction>>
  /** Nodes that are passed through and leave no step. */
  without?: readonly NodeName[]
  /** A node of this name between segment and plan. */
  added?: { name: string; node: NodeFunction }
  /** The order of what comes after the agents. */
  after?: readonly [AfterAgents, AfterAgents, AfterAgents]
}

/** The graph as it would be after a change of its code. */
export function graphWith({ nodes = {}, without = [], added, after }: Change): RunnableGraph {
  const made = (name: NodeName, own: NodeFunction) =>
    without.includes(name) ? async () => ({}) : step(name, nodes[name] ?? own)
  const node = (name: keyof typeof NODES) => made(name, NODES[name])
  const [first, second, third] = after ?? ['assemble', 'verify', 'critique']
  const agents = AGENTS.map((agent): [AgentName, ReturnType<typeof made>] => [
    agent.name,
    made(agent.name, agentNode(agent)),
  ])
  const graph = new StateGraph(State, GraphContext)
    .addNode('intake', node('intake'))
    .addNode('transcript', node('transcript'))
    .addNode('segment', node('segment'))
    .addNode('plan', node('plan'))
    .addNode('neighbours', node('neighbours'))
    .addNode(agents)
    .addNode('assemble', node('assemble'))
    .addNode('verify', node('verify'))
    .addNode('critique', node('critique'))
    .addNode('revise', node('revise'))
    .addNode('publish', node('publish'))
    .addEdge(START, 'intake')
    .addConditionalEdges('intake', afterIntake, ['transcript', END])
    .addEdge('transcript', 'segment')
    .addEdge('plan', 'neighbours')
    .addConditionalEdges(
      'neighbours',
      (state: State) => afterNeighbours(state).map((to) => (to === 'assemble' ? first : to)),
      [...AGENT_NAMES, first],
    )
    .addEdge(first, second)
    .addEdge(second, third)
    .addConditionalEdges(third, afterCritique, ['revise', 'publish'])
    .addConditionalEdges('revise', afterRevise, [...AGENT_NAMES])
    .addEdge('publish', END)
  for (const name of AGENT_NAMES) graph.addEdge(name, first)
  if (added === undefined) return graph.addEdge('segment', 'plan').compile()
  return graph
    .addNode('added', step(added.name, added.node))
    .addEdge('segment', 'added')
    .addEdge('added', 'plan')
    .compile()
}
