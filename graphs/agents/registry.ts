import type { Labels } from '../drafts.ts'
import { attributes } from './attributes.ts'
import { chapters } from './chapters.ts'
import type { Agent } from './define-agent.ts'
import { entities } from './entities.ts'
import { suitability } from './suitability.ts'
import { summary } from './summary.ts'
import { topics } from './topics.ts'

/** The agents whose labels make the document. A new one is added here and as a node in the picture. */
export const AGENTS: readonly Agent<Labels>[] = [topics, entities, chapters, suitability, summary, attributes]
export const AGENT_NAMES: readonly string[] = AGENTS.map(({ name }) => name)
