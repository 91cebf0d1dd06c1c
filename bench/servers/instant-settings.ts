import { AGENTS } from '../../graphs/agents/registry.ts'
import type { GraphSettings } from '../../graphs/context.ts'

/** One pass without a critic: six agents. */
export const instantSettings: GraphSettings = {
  effort: 'quick',
  requested: [],
  prompts: Object.fromEntries(AGENTS.map(({ name, prompt }) => [name, prompt])),
  engine: 'instant',
  limits: { rounds: null, maxOutputTokens: null },
  maxTranscriptChars: null,
}
