import type { RunConfiguration } from '../../src/ledger/run-configuration-schema.ts'

/** A run's configuration, for tests to which it does not matter. */
export const configuration: RunConfiguration = {
  settings: {
    prompts: { topics: 'topics/v1' },
    effort: 'standard',
    requested: [],
    engine: 'openai:cast',
    limits: { rounds: null, maxOutputTokens: null },
    maxTranscriptChars: 5_000_000,
    ports: {
      fetch: true,
      models: { topics: { name: 'openai:cast', readsTask: false, sees: false, contextTokens: 128_000 } },
      secondOpinion: null,
      embedder: { space: 'fake@1', dimension: 2, languages: ['en'], local: true },
      transcriber: null,
    },
  },
  chosenPrompts: {},
  taxonomyVersion: 'taxonomies/1',
  unpriced: [],
  fork: null,
}
