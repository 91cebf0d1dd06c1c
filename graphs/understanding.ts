import { END, START, StateGraph } from '@langchain/langgraph'
import { attributes } from './agents/attributes.ts'
import { chapters } from './agents/chapters.ts'
import { entities } from './agents/entities.ts'
import { AGENT_NAMES } from './agents/registry.ts'
import { suitability } from './agents/suitability.ts'
import { summary } from './agents/summary.ts'
import { topics } from './agents/topics.ts'
import { GraphContext } from './context.ts'
import { agentNode } from './nodes/agent.ts'
import { assemble } from './nodes/assemble.ts'
import { critique } from './nodes/critique.ts'
import { intake } from './nodes/intake.ts'
import { neighbours } from './nodes/neighbours.ts'
import { afterCritique, afterIntake, afterNeighbours, afterRevise, revise } from './nodes/next-nodes.ts'
import { plan } from './nodes/plan.ts'
import { publish } from './nodes/publish.ts'
import { segment } from './nodes/segment.ts'
import { transcript } from './nodes/transcript.ts'
import { verify } from './nodes/verify.ts'
import { State } from './state.ts'
import { step } from './step.ts'

/** The graph: one item in, one understanding out. */
export const understanding = new StateGraph(State, GraphContext)
  .addNode('intake', step('intake', intake))
  .addNode('transcript', step('transcript', transcript))
  .addNode('segment', step('segment', segment))
  .addNode('plan', step('plan', plan))
  .addNode('neighbours', step('neighbours', neighbours))
  .addNode('topics', step('topics', agentNode(topics)))
  .addNode('entities', step('entities', agentNode(entities)))
  .addNode('chapters', step('chapters', agentNode(chapters)))
  .addNode('suitability', step('suitability', agentNode(suitability)))
  .addNode('summary', step('summary', agentNode(summary)))
  .addNode('attributes', step('attributes', agentNode(attributes)))
  .addNode('assemble', step('assemble', assemble))
  .addNode('verify', step('verify', verify))
  .addNode('critique', step('critique', critique))
  .addNode('revise', step('revise', revise))
  .addNode('publish', step('publish', publish))
  .addEdge(START, 'intake')
  .addConditionalEdges('intake', afterIntake, ['transcript', END])
  .addEdge('transcript', 'segment')
  .addEdge('segment', 'plan')
  .addEdge('plan', 'neighbours')
  .addConditionalEdges('neighbours', afterNeighbours, [...AGENT_NAMES, 'assemble'])
  .addEdge('topics', 'assemble')
  .addEdge('entities', 'assemble')
  .addEdge('chapters', 'assemble')
  .addEdge('suitability', 'assemble')
  .addEdge('summary', 'assemble')
  .addEdge('attributes', 'assemble')
  .addEdge('assemble', 'verify')
  .addEdge('verify', 'critique')
  .addConditionalEdges('critique', afterCritique, ['revise', 'publish'])
  .addConditionalEdges('revise', afterRevise, [...AGENT_NAMES])
  .addEdge('publish', END)
  .compile({ name: 'understanding' })
