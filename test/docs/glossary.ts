import { z } from 'zod'
import { defineAgent } from '../../graphs/agents/define-agent.ts'
import type { FacetLabels } from '../../src/content/labels/label-types.ts'
import { searchTranscript } from '../../tools/search-transcript.ts'
import { termKey } from './glossary-label.ts'

const GlossaryAnswer = z.strictObject({
  terms: z
    .array(
      z.strictObject({
        term: z.string().min(2).max(80).describe('the term, in the words of the speaker'),
        segment: z.int().min(0).describe('number of the segment that explains it'),
      }),
    )
    .max(20),
})

/** Terms that the speakers explain, with the place where they do. */
export const glossary = defineAgent({
  name: 'glossary',
  facet: 'glossary',
  version: 1,
  reads: ['transcript'],
  prompt: 'glossary/v1',
  tools: [searchTranscript],
  answer: GlossaryAnswer,
  limits: { rounds: 4, toolCalls: 6 },
  offer: () => ({ candidates: [] }),
  problems: ({ terms }, { reading }) =>
    terms.flatMap(({ term, segment }, n) => {
      const place = reading.segments[segment]
      if (place === undefined)
        return [`/terms/${n}/segment: segments go from 0 to ${reading.segments.length - 1}, there is no ${segment}.`]
      const words = reading.text.slice(place.start, place.end).toLowerCase()
      return words.includes(term.toLowerCase()) ? [] : [`/terms/${n}/term: segment ${segment} does not say "${term}".`]
    }),
  conclude: ({ terms }): FacetLabels => ({
    facet: 'glossary',
    labels: [...new Map(terms.map(({ term, segment }) => [termKey({ term }), { term, segment }]))].map(
      ([key, { term, segment }]) => ({ key, term, refs: [{ source: 'transcript', segment }] }),
    ),
  }),
})
