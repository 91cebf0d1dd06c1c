import { CritiqueAnswer } from '../../src/content/answers.ts'
import type { Finding } from '../../src/content/understanding-schema.ts'
import { checkEvidence } from '../../tools/check-evidence.ts'
import { readTranscript } from '../../tools/read-transcript.ts'
import { defineAgent } from './define-agent.ts'

/** Sees claims with their evidence and the verifier's findings. Says which agents should look again, and at what. */
export const critique = defineAgent({
  name: 'critique',
  facet: null,
  version: 1,
  reads: ['title', 'description'],
  prompt: 'critique/v1',
  tools: [checkEvidence, readTranscript],
  answer: CritiqueAnswer,
  limits: { rounds: 4, toolCalls: 8 },
  offers: 'claims',
  offer: ({ claims }) => ({ candidates: claims.map(({ key: _, ...claim }) => claim) }),
  problems: ({ findings }, { claims }) => {
    const pointers = new Set(claims.map(({ pointer }) => pointer))
    return findings.flatMap(({ pointer }, n) =>
      pointers.has(pointer)
        ? []
        : [`/findings/${n}/pointer: there is no claim "${pointer}"; use the pointers of the claims given.`],
    )
  },
  // The owner of the claim runs again, whatever agent the critic named.
  conclude: ({ findings }, { claims }): Finding[] => {
    const byPointer = new Map(claims.map((claim) => [claim.pointer, claim]))
    return findings.flatMap(({ pointer, severity, message }) => {
      const claim = byPointer.get(pointer)
      return claim === undefined
        ? []
        : [{ by: 'critique', agent: claim.agent, pointer, key: claim.key, severity, message }]
    })
  },
})
