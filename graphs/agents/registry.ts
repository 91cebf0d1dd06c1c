import { attributes } from './attributes.ts'
import { chapters } from './chapters.ts'
import { entities } from './entities.ts'
import { suitability } from './suitability.ts'
import { summary } from './summary.ts'
import { topics } from './topics.ts'

/** The agents whose labels make up the document. Add a new one here, and as a node in the graph. */
export const AGENTS = [topics, entities, chapters, suitability, summary, attributes] as const

export type AgentName = (typeof AGENTS)[number]['name']
export const AGENT_NAMES: readonly AgentName[] = AGENTS.map(({ name }) => name)

/** The prompt that each agent uses if no other is chosen. */
export const AGENT_PROMPTS: Readonly<Record<string, string>> = Object.fromEntries(
  AGENTS.map(({ name, prompt }) => [name, prompt]),
)
