import { AttributesAnswer } from '../../src/content/answers.ts'
import { ATTRIBUTE_NAMES } from '../../src/content/labels/attribute-label.ts'
import type { FacetLabels } from '../../src/content/labels/label-types.ts'
import { readMetadata } from '../../tools/read-metadata.ts'
import { readTranscript } from '../../tools/read-transcript.ts'
import { defineAgent } from './define-agent.ts'
import { distinctRefs, evidenceProblems, score } from './evidence-problems.ts'

/** Format, tone, audience and explicitness. It also looks at the artwork if the model can see. */
export const attributes = defineAgent({
  name: 'attributes',
  facet: 'attributes',
  version: 2,
  reads: ['transcript', 'title', 'description', 'metadata', 'artwork'],
  prompt: 'attributes/v1',
  tools: [readMetadata, readTranscript],
  answer: AttributesAnswer,
  limits: { rounds: 4, toolCalls: 6 },
  offer: async ({ reading, analysis }) => ({ candidates: await analysis.attributeCandidates(reading) }),
  problems: (answer, { reading }) =>
    ATTRIBUTE_NAMES.flatMap((name) => evidenceProblems(answer[name]?.evidence ?? [], `/${name}`, reading)),
  conclude: (answer, _view, { candidates }): FacetLabels => ({
    facet: 'attributes',
    labels: ATTRIBUTE_NAMES.flatMap((name) => {
      const given = answer[name]
      if (given === undefined) return []
      const offered = candidates.find((candidate) => candidate.name === name && candidate.value === given.value)
      return [
        {
          key: name,
          name,
          value: given.value,
          score: score(offered ? offered.score : 0.3),
          contested: false,
          origin: 'model' as const,
          refs: distinctRefs(given.evidence),
        },
      ]
    }),
  }),
})
