import { Understanding } from '../../../src/content/understanding-schema.ts'

const HASH = `sha256:${'0'.repeat(64)}`
const sure = { score: 0.8, confidence: null, contested: false, origin: 'model', evidence: [] }

const answered = {
  run: 'run-1',
  fingerprint: 'f-1',
  prompt: 'suitability/v1',
  model: 'extractive/1',
  tokens: { input: 0, cached: 0, output: 0 },
  costUsd: 0,
  ms: 1,
}

/** A published episode that has something in every part; `changes` replace members. */
export function publishedEpisode(changes: Partial<Understanding> = {}): Understanding {
  return Understanding.parse({
    schema: 'linernotes/understanding/1',
    version: 3,
    seq: 12,
    item: {
      id: 'ep-7',
      kind: 'podcast_episode',
      title: 'The tide mill',
      parent: { id: 'show-1', kind: 'show', title: 'Old Machines', publisher: 'Harbour Radio' },
      language: 'en',
      durationMs: 1_801_499,
      publishedAt: '2025-05-19T06:00:00+01:00',
      contentHash: HASH,
    },
    status: 'complete',
    texts: { transcript: { hash: HASH, normaliser: 1, chars: 9000 } },
    timeline: { audioUrl: 'https://media.example/ep-7.mp3', durationMs: null },
    summary: {
      short: 'A mill that runs on the tide.',
      long: 'A mill that runs on the tide. It still grinds.',
      claims: [],
    },
    topics: [
      { taxonomy: 'iab-content-3.1', id: '132', name: 'Education', path: ['Education'], ...sure },
      { taxonomy: 'apple-podcasts', id: 'history', name: 'History', path: ['History'], ...sure },
      { taxonomy: 'iab-content-3.1', id: '596', name: 'Technology', path: ['Technology'], ...sure, contested: true },
      { taxonomy: 'iab-content-3.1', id: '464', name: 'Science', path: ['Science'], ...sure },
    ],
    entities: [
      { name: 'Eling', type: 'place', aliases: ['Eling Quay'], salience: 0.3, mentions: 2, sameAs: [], ...sure },
      {
        name: 'Mary Pope',
        type: 'person',
        aliases: [],
        salience: 0.7,
        mentions: 9,
        sameAs: ['https://people.example/mary'],
        ...sure,
      },
    ],
    chapters: [
      {
        title: 'Arrival',
        startMs: 0,
        endMs: 61_500,
        timing: 'source',
        firstSegment: 0,
        lastSegment: 3,
        origin: 'publisher',
      },
      { title: 'Undated', startMs: null, endMs: null, timing: null, firstSegment: 4, lastSegment: 5, origin: 'model' },
      {
        title: 'The wheel',
        startMs: 61_500,
        endMs: null,
        timing: 'source',
        firstSegment: 6,
        lastSegment: 9,
        origin: 'model',
      },
    ],
    suitability: [
      {
        category: 'death_injury',
        name: 'Death and injury',
        risk: 'low',
        prevalence: 'passing',
        treatment: 'documentary',
        ...sure,
      },
    ],
    attributes: { explicit: { value: 'mild', ...sure } },
    similar: [],
    duplicateOf: null,
    abstentions: [],
    critique: { verdict: 'accepted', revisions: 0, findings: [], evidence: { verbatim: 1, drift: 0, fabricated: 0 } },
    provenance: {
      runId: 'run-1',
      graph: 'understanding/1',
      effort: 'standard',
      engine: 'extractive/1',
      facets: { suitability: answered },
      costUsd: 0,
      ms: 1,
      notes: [],
    },
    extra: {},
    ...changes,
  })
}
