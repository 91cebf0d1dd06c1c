import { ChaptersAnswer } from '../../src/content/answers.ts'
import type { FacetLabels } from '../../src/content/labels/label-types.ts'
import { chapterCount } from '../../src/signals/chapters/chapter-count.ts'
import { readTranscript } from '../../tools/read-transcript.ts'
import { searchTranscript } from '../../tools/search-transcript.ts'
import { chapterLabels } from '../labels/chapter-labels.ts'
import { defineAgent } from './define-agent.ts'

/** Where the subject changes, with titles. The code adds the times. */
export const chapters = defineAgent({
  name: 'chapters',
  facet: 'chapters',
  version: 5,
  reads: ['transcript'],
  prompt: 'chapters/v1',
  tools: [readTranscript, searchTranscript],
  answer: ChaptersAnswer,
  limits: { rounds: 5, toolCalls: 10 },
  offer: async ({ reading, analysis }) => ({
    candidates: await analysis.chapterCandidates(reading),
    task: { chapters: chapterCount(reading) },
  }),
  problems: ({ chapters }, { reading: { segments } }) =>
    chapters.flatMap(({ firstSegment }, n) =>
      firstSegment < segments.length
        ? []
        : [
            `/chapters/${n}/firstSegment: there is no segment ${firstSegment}; they go from 0 to ${segments.length - 1}.`,
          ],
    ),
  conclude: ({ chapters }, { reading, metadata }): FacetLabels => ({
    facet: 'chapters',
    labels: chapterLabels(
      chapters,
      reading,
      'model',
      typeof metadata.durationMs === 'number' ? metadata.durationMs : null,
    ),
  }),
})
