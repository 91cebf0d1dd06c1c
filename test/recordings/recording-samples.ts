import fc from 'fast-check'
import { Item } from '../../src/content/item.ts'
import { type Sha256, sha256 } from '../../src/content/text/hash.ts'
import type { Understanding } from '../../src/content/understanding-schema.ts'
import { canonical, expand } from '../../src/ledger/canonical.ts'
import { EXCHANGE_KINDS, type Exchange, type Step } from '../../src/ledger/exchange.ts'
import { packVectors } from '../../src/recordings/packed-vectors.ts'
import type { Recording } from '../../src/recordings/recording.ts'
import { namedBlobs } from '../../src/recordings/recording-bodies.ts'
import { configuration } from '../ledger/configuration-sample.ts'

export const document = (change: Partial<Understanding> = {}): Understanding => ({
  schema: 'linernotes/understanding/1',
  version: 1,
  seq: 1,
  item: {
    id: 'looms',
    kind: 'talk',
    title: 'Looms',
    language: 'en',
    durationMs: null,
    contentHash: sha256('looms'),
  },
  status: 'complete',
  texts: { title: { hash: sha256('Looms'), normaliser: 1, chars: 5 } },
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
    verdict: 'accepted',
    revisions: 0,
    findings: [],
    evidence: { verbatim: 0, drift: 0, fabricated: 0 },
  },
  provenance: {
    runId: 'run-1',
    graph: 'understanding/1',
    effort: 'standard',
    engine: 'openai:cast',
    facets: {},
    costUsd: 0,
    ms: 12,
    notes: [],
  },
  extra: {},
  ...change,
})

/** Steps and exchanges before their bodies became blobs. */
export interface Parts {
  steps: (Omit<Step, 'update'> & { update: unknown })[]
  exchanges: (Omit<Exchange, 'request' | 'requestHash' | 'response' | 'nth'> & {
    request: unknown
    response: unknown
  })[]
}

/** A recording whose bodies became blobs in the way of the ledger. */
export function recordingOfParts(parts: Parts, change: Partial<Recording> = {}): Recording {
  const blobs = new Map<Sha256, string>()
  const keep = (value: unknown): Sha256 => {
    const made = canonical(value)
    for (const { hash, text } of made.blobs) blobs.set(hash, text)
    return made.hash
  }
  const repeats = new Map<string, number>()
  const exchanges = parts.exchanges.map(({ request, response, ...exchange }) => {
    const requestHash = keep(request)
    const call = `${exchange.node} ${exchange.visit} ${exchange.kind} ${requestHash}`
    const nth = repeats.get(call) ?? 0
    repeats.set(call, nth + 1)
    return { ...exchange, requestHash, nth, request: requestHash, response: keep(response) }
  })
  const steps = parts.steps.map(({ update, ...step }) => ({
    ...step,
    update: step.error === null ? keep(update) : null,
  }))
  return {
    run: {
      id: 'run-1',
      itemId: 'looms',
      parentRunId: null,
      status: 'complete',
      createdAt: 1,
      startedAt: 2,
      finishedAt: 30,
      error: null,
      version: 1,
    },
    configuration,
    item: Item.parse({ id: 'looms', kind: 'talk', title: 'Looms', transcripts: [{ text: 'Cards lift threads.' }] }),
    document: document(),
    derived: [
      {
        textHash: sha256('Cards lift threads.'),
        kind: 'vectors',
        version: 'fake@1',
        value: packVectors([['Cards lift threads.', [0.5, -0.25]]]),
      },
    ],
    redacted: false,
    steps,
    exchanges,
    blob: (hash) => blobs.get(hash),
    ...change,
  }
}

/** A small recording: two steps, two calls, a long text that was lifted out of a request. */
export const sample = (change: Partial<Recording> = {}): Recording =>
  recordingOfParts(
    {
      steps: [
        {
          node: 'intake',
          visit: 0,
          superstep: 1,
          startedAt: 3,
          ms: 1,
          error: null,
          update: { texts: { title: 'Looms' } },
        },
        { node: 'topics', visit: 0, superstep: 2, startedAt: 5, ms: 9, error: 'Error: away', update: null },
      ],
      exchanges: [
        {
          node: 'topics',
          visit: 0,
          kind: 'chat',
          n: 0,
          outcome: 'ok',
          startedAt: 6,
          ms: 2.5,
          cost: { inputTokens: 10, cachedTokens: 0, outputTokens: 2, usd: null, estimatedUsd: 0.25 },
          retries: 1,
          request: { model: 'openai:cast', messages: [{ role: 'user', content: 'Cards lift threads. '.repeat(40) }] },
          response: { content: '', toolCalls: [{ id: 'a', name: 'submit_topics', args: { topics: [] } }] },
        },
        {
          node: 'topics',
          visit: 0,
          kind: 'known',
          n: 0,
          outcome: 'error',
          startedAt: 8,
          ms: 0,
          cost: null,
          retries: 0,
          request: {},
          response: { message: 'away' },
        },
      ],
    },
    change,
  )

/** A recording as a value that can be compared. Its function is replaced by what it returns. */
export function comparable(recording: Recording): unknown {
  const { blob, ...rest } = recording
  const { bodies, texts } = namedBlobs(recording, 200)
  const values = [...bodies].map(([hash, json]) => [hash, expand(json, blob)])
  return { ...rest, bodies: new Map(bodies), texts: new Map(texts), values }
}

const word = fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => text.toWellFormed())
const json = fc
  .jsonValue({ maxDepth: 4, noUnicodeString: false })
  .map((value): unknown => JSON.parse(JSON.stringify(value)))
const body = fc.oneof(
  json,
  fc.record({ content: word.map((text) => text.padEnd(600, 'ü\n"')), more: json, $blob: fc.constant('not one') }),
)
const node = fc.constantFrom('intake', 'topics', 'summary', 'a b/ü')
const count = fc.nat({ max: 1000 })
const ms = fc.double({ min: -1, max: 1e9, noNaN: true }).map((number) => number + 0)

const parts: fc.Arbitrary<Parts> = fc.record({
  steps: fc.uniqueArray(
    fc.record({
      node,
      visit: fc.nat({ max: 3 }),
      superstep: count,
      startedAt: ms,
      ms,
      error: fc.option(word),
      update: body,
    }),
    { selector: ({ node, visit }) => `${node} ${visit}`, maxLength: 6 },
  ),
  exchanges: fc.uniqueArray(
    fc.record({
      node,
      visit: fc.nat({ max: 3 }),
      kind: fc.constantFrom(...EXCHANGE_KINDS),
      n: fc.nat({ max: 3 }),
      outcome: fc.constantFrom('ok', 'error', 'refused'),
      startedAt: ms,
      ms,
      cost: fc.option(
        fc.record({
          inputTokens: count,
          cachedTokens: count,
          outputTokens: count,
          usd: fc.option(fc.double({ min: 0, max: 100, noNaN: true }).map((usd) => usd + 0)),
        }),
      ),
      retries: count,
      request: body,
      response: body,
    }),
    { selector: ({ node, visit, kind, n }) => `${node} ${visit} ${kind} ${n}`, maxLength: 8 },
  ),
})

/** Arbitrary recordings, with any JSON in their bodies and any text in their items. */
export const recordings: fc.Arbitrary<Recording> = fc
  .record({ parts, title: word, text: fc.string({ unit: 'binary', maxLength: 2000 }), published: fc.boolean() })
  .map(({ parts, title, text, published }) => {
    const base = recordingOfParts(parts)
    return {
      ...base,
      item: Item.parse({ id: 'looms', kind: 'talk', title, transcripts: [{ text }] }),
      run: { ...base.run, version: published ? 1 : null },
      document: published ? document() : null,
    }
  })

export async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** Bytes as they arrive from a disk or a network. */
export async function* inPieces(bytes: Uint8Array, size = 1000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
