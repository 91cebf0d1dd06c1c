import { TranscriptChoice } from '../../src/content/answers.ts'
import type { TranscriptCandidateSummary } from '../../src/models/extractive/agent-task.ts'
import { readMetadata } from '../../tools/read-metadata.ts'
import { defineAgent } from './define-agent.ts'

/** Asked only if several transcripts pass no check cleanly: which one belongs to this item? */
export const transcriptChoice = (options: readonly TranscriptCandidateSummary[]) =>
  defineAgent({
    name: 'transcript',
    facet: null,
    version: 1,
    reads: ['title', 'description', 'metadata'],
    prompt: 'transcript/v1',
    tools: [readMetadata],
    answer: TranscriptChoice,
    limits: { rounds: 3, toolCalls: 2 },
    offers: 'options',
    offer: () => ({ candidates: options }),
    problems: ({ candidate }) =>
      options.some((option) => option.candidate === candidate)
        ? []
        : [`/candidate: choose one of ${options.map((option) => option.candidate).join(', ')}.`],
    conclude: (choice) => choice,
  })
