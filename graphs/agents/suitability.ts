import { SuitabilityAnswer } from '../../src/content/answers.ts'
import type { FacetLabels } from '../../src/content/labels/label-types.ts'
import { riskOf } from '../../src/taxonomy/suitability-risk.ts'
import { GARM } from '../../src/taxonomy/taxonomy.ts'
import { checkEvidence } from '../../tools/check-evidence.ts'
import { lookupTaxonomy } from '../../tools/lookup-taxonomy.ts'
import { readTranscript } from '../../tools/read-transcript.ts'
import { searchTranscript } from '../../tools/search-transcript.ts'
import { defineAgent } from './define-agent.ts'
import { distinctRefs, evidenceProblems, score } from './evidence-problems.ts'

/** Which brand-suitability categories the item touches, how much of the item does, and in which manner. The code computes the risk. */
export const suitability = defineAgent({
  name: 'suitability',
  facet: 'suitability',
  version: 2,
  reads: ['transcript', 'title', 'description'],
  prompt: 'suitability/v1',
  tools: [searchTranscript, readTranscript, lookupTaxonomy, checkEvidence],
  answer: SuitabilityAnswer,
  limits: { rounds: 6, toolCalls: 12 },
  offer: async ({ reading, analysis }) => ({ candidates: await analysis.suitabilityCandidates(reading) }),
  problems: ({ categories }, { reading, taxonomies }) =>
    categories.flatMap(({ category, evidence }, n) => {
      const known = taxonomies.get(GARM).get(category) !== undefined
      const names = taxonomies.get(GARM).nodes.map(({ id }) => id)
      const unknown = known
        ? []
        : [`/categories/${n}/category: there is no "${category.slice(0, 40)}"; there are: ${names.join(', ')}.`]
      return [...unknown, ...evidenceProblems(evidence, `/categories/${n}`, reading)]
    }),
  conclude: ({ categories }, { taxonomies }, { candidates }): FacetLabels => {
    const offered = new Map(candidates.map((candidate) => [candidate.category, candidate]))
    const seen = new Set<string>()
    const labels = categories.flatMap(({ category, prevalence, treatment, evidence }) => {
      const node = taxonomies.get(GARM).get(category)
      if (node === undefined || seen.has(category)) return []
      seen.add(category)
      const refs = distinctRefs(evidence)
      const agreement = offered.get(category)?.score ?? 0.2
      return [
        {
          key: category,
          category,
          name: node.name,
          risk: riskOf({ category, prevalence, treatment }),
          prevalence,
          treatment,
          score: score(0.85 * agreement + 0.05 * Math.min(3, refs.length)),
          contested: false,
          origin: 'model' as const,
          refs,
        },
      ]
    })
    return { facet: 'suitability', labels: labels.sort((a, b) => b.score - a.score || a.key.localeCompare(b.key)) }
  },
})
