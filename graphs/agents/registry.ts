import type { Labels } from '../drafts.ts'
import { attributes } from './attributes.ts'
import { chapters } from './chapters.ts'
import type { Agent } from './define-agent.ts'
import { entities } from './entities.ts'
import { suitability } from './suitability.ts'
import { summary } from './summary.ts'
import { topics } from './topics.ts'

/** The agents whose labels make the document. A new one is added here and as a node in the picture. */
export const AGENT_NAMES = ['topics', 'entities', 'chapters', 'suitability', 'summary', 'attributes'] as const
export type AgentName = (typeof AGENT_NAMES)[number]

const BY_NAME: Record<AgentName, Agent<Labels>> = { topics, entities, chapters, suitability, summary, attributes }
export const AGENTS: readonly Agent<Labels>[] = AGENT_NAMES.map((name) => BY_NAME[name])
