import { z } from 'zod'
import { defineAgent } from '../../graphs/agents/define-agent.ts'
import type { Labels } from '../../graphs/labels/drafts.ts'
import { searchTranscript } from '../../tools/search-transcript.ts'

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
  facet: 'extra',
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
  conclude: ({ terms }, { reading }): Labels => ({
    facet: 'extra',
    labels: terms.flatMap(({ term, segment }) => {
      const place = reading.segments[segment]
      if (place === undefined) return []
      const { start, end, startMs } = place
      return [{ term, segment, quote: reading.text.slice(start, end), start, end, startMs }]
    }),
  }),
})
