import type { AgentView } from '../../graphs/agents/define-agent.ts'
import type { Analysis } from '../../src/signals/analysis.ts'
import type { Reading } from '../../src/signals/reading/reading.ts'
import { loadTaxonomies } from '../../src/taxonomy/taxonomy.ts'

export const FINDS_NOTHING: Analysis = {
  segment: async () => [],
  digests: async () => [],
  topicCandidates: async () => [],
  entityCandidates: async () => [],
  chapterCandidates: async () => [],
  suitabilityCandidates: async () => [],
  claimCandidates: async () => [],
  attributeCandidates: async () => [],
}

/** What an agent's code sees of a reading for which the analyses find what is given here, and nothing else. */
export const agentView = (reading: Reading, found: Partial<Analysis> = {}): AgentView => ({
  claims: [],
  reading,
  metadata: {},
  declaredTopics: [],
  taxonomies: loadTaxonomies(),
  analysis: { ...FINDS_NOTHING, ...found },
})
