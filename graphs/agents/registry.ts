import { attributes } from './attributes.ts'
import { chapters } from './chapters.ts'
import { entities } from './entities.ts'
import { suitability } from './suitability.ts'
import { summary } from './summary.ts'
import { topics } from './topics.ts'

/** The agents whose labels make the document. A new one is added here and as a node in the picture. */
export const AGENTS = [topics, entities, chapters, suitability, summary, attributes] as const

export type AgentName = (typeof AGENTS)[number]['name']
export const AGENT_NAMES: readonly AgentName[] = AGENTS.map(({ name }) => name)

/** The prompt that each asks with where no other is chosen. */
export const AGENT_PROMPTS: Readonly<Record<string, string>> = Object.fromEntries(
  AGENTS.map(({ name, prompt }) => [name, prompt]),
)
