import { randomUUID } from 'node:crypto'
import { Item } from '../../src/content/item.ts'
import type { LabelRow } from '../../src/content/labels/label-type.ts'
import { sha256 } from '../../src/content/text/hash.ts'
import { makeText } from '../../src/content/text/text.ts'
import type { FacetProvenance, UnplacedDocument } from '../../src/content/understanding-schema.ts'
import type { NewFacet, NewRun } from '../../src/database/records.ts'
import type { Publication, Repositories } from '../../src/database/repositories.ts'
import type { Exchange, Step } from '../../src/ledger/exchange.ts'
import type { LedgerWrite, RunOwner } from '../../src/ledger/ledger-store.ts'
import { configuration } from '../ledger/configuration-sample.ts'

/** The clock of the tests: a fixed moment. Later times are counted from it. */
export const NOW = 1_770_000_000_000

export const sampleItem = (change: Partial<Item> = {}): Item =>
  Item.parse({
    kind: 'talk',
    title: 'On Looms',
    transcripts: [{ text: 'Cards told the loom what to weave.' }],
    ...change,
  })

export const provenance: FacetProvenance = {
  run: 'run',
  fingerprint: 'f',
  prompt: 'topics/v1',
  model: 'extractive',
  tokens: { input: 0, cached: 0, output: 0 },
  costUsd: null,
  ms: 1,
}

export const sampleRun = (id: string, itemId: string, change: Partial<NewRun> = {}): NewRun => ({
  id,
  itemId,
  item: sampleItem(),
  effort: 'standard',
  config: configuration,
  requested: null,
  parentRunId: null,
  createdAt: NOW,
  ...change,
})

export const sampleLabel = (key: string, change: Partial<LabelRow> = {}): LabelRow => ({
  facet: 'topics',
  key,
  taxonomy: 'iab-content-3.1',
  labelId: key,
  name: `Topic ${key}`,
  score: 0.5,
  origin: 'model',
  ...change,
})

export const sampleFacet = (runId: string, change: Partial<NewFacet> = {}): NewFacet => ({
  facet: 'topics',
  fingerprint: 'fingerprint-1',
  runId,
  draft: { topics: [] },
  provenance,
  ...change,
})

export function sampleDocument(itemId: string, runId: string): UnplacedDocument {
  return {
    schema: 'linernotes/understanding/1',
    item: { id: itemId, kind: 'talk', title: 'On Looms', language: 'en', durationMs: null, contentHash: sha256('x') },
    status: 'complete',
    texts: {},
    timeline: { audioUrl: null, durationMs: null },
    summary: null,
    topics: [],
    entities: [],
    chapters: [],
    suitability: [],
    attributes: {},
    similar: [],
    duplicateOf: null,
    abstentions: [],
    critique: {
      verdict: 'skipped',
      revisions: 0,
      findings: [],
      evidence: { verbatim: 0, drift: 0, fabricated: 0 },
    },
    provenance: {
      runId,
      graph: '1',
      effort: 'standard',
      engine: 'extractive',
      facets: {},
      costUsd: null,
      ms: 1,
      notes: [],
    },
    extra: {},
  }
}

export const samplePublication = (owner: RunOwner, change: Partial<Publication> = {}): Publication => ({
  document: sampleDocument(owner.itemId, owner.runId),
  labels: [sampleLabel('596')],
  facets: [sampleFacet(owner.runId)],
  texts: [makeText('transcript', 'Cards told the loom what to weave.')],
  derived: [],
  reviews: [],
  intakeHash: 'intake-1',
  at: NOW,
  ...change,
})

/** Submits an item at some time, with a run that waits. */
export async function submitItem(
  { runs }: Pick<Repositories, 'runs'>,
  itemId: string,
  item: Item = sampleItem(),
  createdAt: number = NOW,
): Promise<void> {
  await runs.submit(sampleRun(randomUUID(), itemId, { item, createdAt }))
}

/** Submits an item with a run that the caller has claimed. */
export async function startRun(
  repositories: Repositories,
  {
    tenant,
    itemId,
    runId,
    owner = 'process-1',
    item = sampleItem(),
  }: { tenant: string; itemId: string; runId: string; owner?: string; item?: Item },
): Promise<RunOwner> {
  const claim = { owner, now: NOW, leaseMs: 30_000 }
  const { run } = await repositories.runs.submit(sampleRun(runId, itemId, { item }), claim)
  return { tenant, itemId, runId, attempt: run.attempt }
}

export const sampleExchange = (n: number, change: Partial<Exchange> = {}): Exchange => ({
  node: 'topics',
  visit: 0,
  kind: 'chat',
  n,
  requestHash: sha256(`hash ${n}`),
  nth: 0,
  request: sha256(`request ${n}`),
  response: sha256(`response ${n}`),
  outcome: 'ok',
  startedAt: NOW + n,
  ms: 12.5,
  cost: { inputTokens: 100, cachedTokens: 0, outputTokens: 20, usd: 0.001 },
  retries: 0,
  ...change,
})

export const sampleStep = (node: string, change: Partial<Step> = {}): Step => ({
  node,
  visit: 0,
  superstep: 1,
  startedAt: NOW,
  ms: 3,
  update: sha256(`update ${node}`),
  error: null,
  ...change,
})

export const sampleWrite = (owner: RunOwner, change: Partial<LedgerWrite> = {}): LedgerWrite => ({
  owner,
  exchanges: [],
  steps: [],
  blobs: [],
  ...change,
})
