import { AGENT_PROMPTS } from '../../graphs/agents/registry.ts'
import type { GraphSettings } from '../../src/ledger/run-configuration-schema.ts'

/** One pass without a critic: six agents. */
export const instantSettings: Omit<GraphSettings, 'ports'> = {
  effort: 'quick',
  requested: [],
  prompts: AGENT_PROMPTS,
  engine: 'instant',
  limits: { rounds: null, maxOutputTokens: null },
  maxTranscriptChars: null,
}
