import type { Evidence } from '../../src/content/evidence/evidence.ts'
import type { Understanding } from '../../src/content/understanding-schema.ts'

const HASH = `sha256:${'a'.repeat(64)}` as const

export const evidence = (quote: string, more: Partial<Evidence> = {}): Evidence => ({
  kind: 'text',
  source: 'transcript',
  text: HASH,
  segment: 3,
  quote,
  start: 10,
  end: 10 + quote.length,
  startMs: 3_723_000,
  endMs: 3_725_000,
  timing: 'source',
  speaker: 'Ada',
  match: 'verbatim',
  ...more,
})

const label = { score: 0.81, confidence: null, contested: false, origin: 'model' as const }

export const document: Understanding = {
  schema: 'linernotes/understanding/1',
  version: 2,
  seq: 7,
  item: {
    id: 'bees-1',
    kind: 'podcast_episode',
    title: 'On bees',
    language: 'en',
    durationMs: 4_000_000,
    contentHash: HASH,
  },
  status: 'partial',
  texts: {},
  timeline: { audioUrl: null, durationMs: 4_000_000 },
  summary: {
    short: 'Bees dance.',
    long: 'Bees dance. Hives hum.',
    claims: [
      { key: 'c0', text: 'Bees dance.', evidence: [evidence('bees dance')] },
      {
        key: 'c1',
        text: 'Hives hum.',
        evidence: [evidence('the hives, they hum', { startMs: null, endMs: null, timing: null })],
      },
    ],
  },
  topics: [
    {
      key: 'iab-content-3.1/258',
      taxonomy: 'iab-content-3.1',
      id: '258',
      name: 'Beekeeping',
      path: ['Hobbies', 'Beekeeping'],
      ...label,
      contested: true,
      evidence: [evidence('no queen, no hive'), evidence('honey')],
    },
  ],
  entities: [
    {
      key: 'person/ada',
      name: 'Ada',
      type: 'person',
      aliases: [],
      salience: 1,
      mentions: 4,
      sameAs: [],
      ...label,
      evidence: [evidence('I am Ada')],
    },
  ],
  chapters: [
    {
      key: 'h0',
      title: 'Start',
      startMs: 0,
      endMs: 61_000,
      timing: 'source',
      firstSegment: 0,
      lastSegment: 2,
      origin: 'publisher',
    },
    {
      key: 'h1',
      title: 'Hives',
      startMs: 61_000,
      endMs: null,
      timing: 'interpolated',
      firstSegment: 3,
      lastSegment: 9,
      origin: 'model',
    },
  ],
  suitability: [
    {
      key: '6',
      category: '6',
      name: 'Death and injury',
      risk: 'low',
      prevalence: 'passing',
      treatment: 'documentary',
      ...label,
      evidence: [
        evidence('many bees died', {
          source: 'description',
          segment: null,
          startMs: null,
          timing: null,
          speaker: null,
        }),
      ],
    },
  ],
  attributes: {
    format: { key: 'format', value: 'interview', ...label, origin: 'person', evidence: [evidence('we talk with Ada')] },
  },
  similar: [{ itemId: 'bees-0', score: 0.5 }],
  duplicateOf: null,
  abstentions: [{ facet: 'attributes', reason: 'no valid answer after 6 rounds' }],
  critique: { verdict: 'accepted', revisions: 1, findings: [], evidence: { verbatim: 8, drift: 1, fabricated: 2 } },
  provenance: {
    runId: 'run-1',
    graph: 'understanding@1',
    effort: 'standard',
    engine: 'openai:m',
    facets: {
      topics: {
        run: 'run-0',
        fingerprint: 'f',
        prompt: 'topics/v1',
        model: 'openai:m',
        tokens: { input: 100, cached: 0, output: 20 },
        costUsd: 0.5,
        ms: 10,
      },
    },
    costUsd: 0.5,
    ms: 2900,
    notes: ['the index was away'],
  },
  extra: {},
}
