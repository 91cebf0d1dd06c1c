import { SummaryAnswer } from '../../src/content/answers.ts'
import type { FacetLabels } from '../../src/content/labels/label-types.ts'
import { sha256 } from '../../src/content/text/hash.ts'
import { checkEvidence } from '../../tools/check-evidence.ts'
import { readTranscript } from '../../tools/read-transcript.ts'
import { searchTranscript } from '../../tools/search-transcript.ts'
import { defineAgent } from './define-agent.ts'
import { distinctRefs, evidenceProblems } from './evidence-problems.ts'

/** What is said, as claims that each point at their words. The summary is built from the claims. */
export const summary = defineAgent({
  name: 'summary',
  facet: 'summary',
  version: 3,
  reads: ['transcript', 'title', 'description'],
  prompt: 'summary/v1',
  tools: [readTranscript, searchTranscript, checkEvidence],
  answer: SummaryAnswer,
  limits: { rounds: 6, toolCalls: 12 },
  offer: async ({ reading, analysis }) => ({ candidates: await analysis.claimCandidates(reading) }),
  problems: ({ claims }, { reading }) =>
    claims.flatMap((claim, n) => evidenceProblems(claim.evidence, `/claims/${n}`, reading)),
  conclude: ({ claims }): FacetLabels => {
    const marked = claims.some(({ short }) => short)
    return {
      facet: 'summary',
      labels: claims.map(({ text, short, evidence }, n) => ({
        key: sha256(text),
        text,
        short: marked ? short : n === 0,
        refs: distinctRefs(evidence),
      })),
    }
  },
})
