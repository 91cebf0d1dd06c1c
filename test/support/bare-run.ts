import type { NodeRun } from '../../graphs/step.ts'
import { createWorkspace } from '../../graphs/workspace.ts'
import { NO_COST } from '../../src/ledger/exchange.ts'
import { createScriptedModel } from '../../src/models/scripted-model.ts'
import { loadTaxonomies } from '../../src/taxonomy/taxonomy.ts'
import { FINDS_NOTHING } from './agent-view.ts'
import { talk } from './talk.ts'

/** What a node gets of a run that has no database behind it, and whose ports and analyses find nothing. */
export function bareRun(change: Partial<NodeRun> = {}): NodeRun {
  const settings = {
    effort: 'standard' as const,
    requested: [],
    prompts: {},
    engine: 'scripted',
    limits: { rounds: null, maxOutputTokens: null },
    maxTranscriptChars: null,
    ports: { fetch: false, models: {}, secondOpinion: null, embedder: null, transcriber: null },
  }
  const ports = {
    chat: () => createScriptedModel(),
    secondOpinion: () => null,
    embedder: null,
    fetcher: null,
    transcribe: async () => Promise.reject(new Error('nothing is transcribed here')),
    known: async () => ({ current: null, facets: [], decisions: [] }),
    neighbours: async () => ({ unavailable: null, space: null, items: [] }),
  }
  const item = talk()
  return {
    run: { id: 'run-1', parentId: null },
    itemId: 'looms',
    item,
    workspace: createWorkspace(),
    taxonomies: loadTaxonomies(),
    taxonomyVersion: '1',
    analysis: FINDS_NOTHING,
    signal: new AbortController().signal,
    at: () => ({ settings, ports }),
    recordStep: async () => undefined,
    publish: async () => ({ version: 1, seq: 1 }),
    startedAt: 0,
    clock: () => 0,
    spent: () => NO_COST,
    price: () => 0,
    unpriced: [],
    settings,
    ports,
    ...change,
  }
}
