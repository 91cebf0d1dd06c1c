import { TopicsAnswer } from '../../src/content/answers.ts'
import type { FacetLabels } from '../../src/content/labels/label-types.ts'
import { withDeclared } from '../../src/signals/topics/declared-candidates.ts'
import { IAB_CONTENT } from '../../src/taxonomy/taxonomy.ts'
import { findSimilar } from '../../tools/find-similar.ts'
import { lookupTaxonomy } from '../../tools/lookup-taxonomy.ts'
import { readTranscript } from '../../tools/read-transcript.ts'
import { searchTranscript } from '../../tools/search-transcript.ts'
import { defineAgent } from './define-agent.ts'
import { distinctRefs, evidenceProblems, score } from './evidence-problems.ts'

/** What the item is about, as nodes of a taxonomy. */
export const topics = defineAgent({
  name: 'topics',
  facet: 'topics',
  version: 3,
  reads: ['transcript', 'title', 'description', 'categories'],
  prompt: 'topics/v2',
  tools: [lookupTaxonomy, searchTranscript, readTranscript, findSimilar],
  answer: TopicsAnswer,
  limits: { rounds: 6, toolCalls: 12 },
  offer: async ({ reading, declaredTopics, taxonomies, analysis }) => ({
    candidates: withDeclared(await analysis.topicCandidates(reading), declaredTopics, taxonomies.get(IAB_CONTENT)),
  }),
  problems: ({ topics }, { reading, taxonomies }) =>
    topics.flatMap((topic, n) => {
      const known = topic.taxonomy === IAB_CONTENT && taxonomies.get(IAB_CONTENT).get(topic.id) !== undefined
      const unknown = known
        ? []
        : [`/topics/${n}/id: ${topic.taxonomy} has no node "${topic.id.slice(0, 40)}"; look it up by name or meaning.`]
      return [...unknown, ...evidenceProblems(topic.evidence, `/topics/${n}`, reading)]
    }),
  conclude: ({ topics }, { taxonomies }, { candidates }): FacetLabels => {
    const offered = new Map(candidates.map((candidate) => [candidate.id, candidate]))
    const seen = new Set<string>()
    const labels = topics.flatMap(({ taxonomy, id, evidence }) => {
      const node = taxonomies.get(IAB_CONTENT).get(id)
      if (node === undefined || seen.has(id)) return []
      seen.add(id)
      const refs = distinctRefs(evidence)
      // The publisher's hint is not a measurement.
      const agreement =
        offered.get(id)?.score ||
        0.6 * Math.max(0, ...candidates.filter(({ path }) => path.includes(node.name)).map((near) => near.score))
      return [
        {
          key: `${taxonomy}/${id}`,
          taxonomy,
          id,
          name: node.name,
          path: node.path,
          score: score(0.85 * agreement + 0.05 * Math.min(3, refs.length)),
          contested: false,
          origin: 'model' as const,
          refs,
        },
      ]
    })
    return { facet: 'topics', labels: labels.sort((a, b) => b.score - a.score || a.id.localeCompare(b.id)) }
  },
})
