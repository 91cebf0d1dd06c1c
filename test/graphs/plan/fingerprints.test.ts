import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attributes } from '../../../graphs/agents/attributes.ts'
import { critique } from '../../../graphs/agents/critic.ts'
import type { Agent } from '../../../graphs/agents/define-agent.ts'
import { topics } from '../../../graphs/agents/topics.ts'
import {
  configurationHash,
  critiqueFingerprint,
  facetFingerprint,
  intakeHash,
} from '../../../graphs/plan/fingerprints.ts'
import type { State } from '../../../graphs/state.ts'
import type { Item, ItemInput } from '../../../src/content/item.ts'
import { sha256 } from '../../../src/content/text/hash.ts'
import type { GraphSettings } from '../../../src/ledger/run-configuration-schema.ts'
import { lookupTaxonomy } from '../../../tools/lookup-taxonomy.ts'
import { situation } from '../../support/node-run.ts'
import { talk } from '../../support/talk.ts'

/** An agent that reads everything that agents can read. */
const reader = {
  ...attributes,
  reads: ['transcript', 'title', 'description', 'metadata', 'categories', 'artwork'],
} as const

/** Everything that the functions under test are given. */
interface Given {
  agent: Agent<unknown>
  item: ItemInput
  settings: Omit<GraphSettings, 'ports'>
  ports: GraphSettings['ports']
  texts: State['texts']
  language: string | null
  taxonomyVersion: string
  state: Partial<State>
  run: { id: string; parentId: string | null }
  clock: number
}
type Change = (given: Given) => Given
type Changes = Readonly<Record<string, Change>>

const model = {
  name: 'openai:cast',
  readsTask: false,
  sees: true,
  contextTokens: 8000,
  agents: ['attributes', 'topics', 'critique'],
}
const handle = (text: string) => ({ hash: sha256(text), chars: text.length, normaliser: 1 })
const FIRST: Given = {
  agent: reader,
  item: {
    kind: 'talk',
    title: 'Looms',
    categories: ['Technology'],
    artwork: { url: 'https://cdn.example/looms.png?sig=one' },
  },
  settings: {
    effort: 'standard',
    requested: [],
    prompts: {},
    engine: 'openai:cast',
    limits: { rounds: null, maxOutputTokens: null },
    maxTranscriptChars: null,
  },
  ports: {
    fetch: true,
    models: { attributes: model, topics: model, critique: model },
    secondOpinion: null,
    embedder: null,
    transcriber: null,
  },
  texts: { transcript: handle('transcript'), title: handle('title'), description: handle('description') },
  language: 'en',
  taxonomyVersion: 'today',
  state: {},
  run: { id: 'a-run', parentId: null },
  clock: 0,
}

const item =
  (change: Partial<ItemInput>): Change =>
  (given) => ({ ...given, item: { ...given.item, ...change } })
const ofAgent =
  (change: Partial<Agent<unknown>>): Change =>
  (given) => ({ ...given, agent: { ...given.agent, ...change } })
const settings =
  (change: Partial<Given['settings']>): Change =>
  (given) => ({
    ...given,
    settings: { ...given.settings, ...change },
  })
const ports =
  (change: Partial<Given['ports']>): Change =>
  (given) => ({ ...given, ports: { ...given.ports, ...change } })
const modelOf =
  (name: string, change: Partial<typeof model>): Change =>
  (given) => ({
    ...given,
    ports: {
      ...given.ports,
      models: { ...given.ports.models, [name]: { ...model, ...given.ports.models[name], ...change } },
    },
  })
const prompt =
  (agent: string): Change =>
  (given) => ({
    ...given,
    settings: { ...given.settings, prompts: { ...given.settings.prompts, [agent]: 'another/v9' } },
  })
const text =
  (source: string): Change =>
  (given) => ({ ...given, texts: { ...given.texts, [source]: handle(`another ${source}`) } })

const embedder = { space: 'fake@1', dimension: 8, languages: ['en'], local: true }

function prepared({ item, settings, ports, texts, language, taxonomyVersion, state, run, clock }: Given) {
  const { state: before, run: made } = situation({
    item: talk({ ...item, transcripts: [] }),
    settings: { ...settings, ports },
    run: { taxonomyVersion, run, clock: () => clock, startedAt: clock },
  })
  const segmentation = { segmenter: 1, count: 1, words: 1, language, timed: false, roles: {} }
  return { state: { ...before, texts, segmentation, ...state }, run: made }
}

/** Each set of changes in `named` has a hash of its own. Those in `others` change no hash. */
function dependsOn(hash: (given: Given) => string, named: Changes, others: Changes): void {
  const apply = (changes: Changes, names: readonly string[]) => (given: Given) =>
    names.reduce((changed, name) => changes[name]?.(changed) ?? changed, given)
  const first = hash(FIRST)
  for (const name of Object.keys(named)) expect(hash(apply(named, [name])(FIRST)), name).not.toBe(first)
  for (const name of Object.keys(others)) expect(hash(apply(others, [name])(FIRST)), name).toBe(first)
  const known = new Map([[first, '']])
  fc.assert(
    fc.property(fc.subarray(Object.keys(named)), fc.subarray(Object.keys(others)), (some, noise) => {
      const changed = apply(named, some)(FIRST)
      const found = hash(changed)
      expect(hash(apply(others, noise)(changed))).toBe(found)
      expect(known.get(found) ?? some.join()).toBe(some.join())
      known.set(found, some.join())
    }),
  )
}

describe('the fingerprint of a facet', () => {
  const fingerprint = (given: Given) => {
    const { state, run } = prepared(given)
    return facetFingerprint(given.agent, state, run)
  }

  const NAMED: Changes = {
    'the version of the agent': ofAgent({ version: reader.version + 1 }),
    'the prompt of the agent': prompt('attributes'),
    'the limits of the agent': ofAgent({ limits: { rounds: 9, toolCalls: 9 } }),
    'the tools of the agent': ofAgent({ tools: [...reader.tools, lookupTaxonomy] }),
    'the model of the agent': modelOf('attributes', { name: 'openai:another' }),
    'whether its model answers': modelOf('attributes', { agents: ['topics'] }),
    'the effort': settings({ effort: 'thorough' }),
    'the limits of the run': settings({ limits: { rounds: 2, maxOutputTokens: 900 } }),
    'the transcript': text('transcript'),
    'the title as a text': text('title'),
    'the description': text('description'),
    'declared metadata': item({ publishedAt: '2025-05-19T06:00:00Z' }),
    'the artwork': item({ artwork: { url: 'https://cdn.example/weavers.png' } }),
    'the kind of the item': item({ kind: 'video' }),
    'the language of the segments': (given) => ({ ...given, language: 'de' }),
    'the taxonomies': (given) => ({ ...given, taxonomyVersion: 'tomorrow' }),
    'the vector space': ports({ embedder }),
  }
  const OTHERS: Changes = {
    'the id of the item': item({ id: 'other', guid: 'other', url: 'https://example.org/other' }),
    'the rights': item({ rights: 'offsets' }),
    'the audio': item({ audio: { url: 'https://cdn.example/looms.mp3' } }),
    'the run': (given) => ({ ...given, run: { id: 'another', parentId: 'a-run' } }),
    'the time': (given) => ({ ...given, clock: 1_000_000 }),
    neighbours: (given) => ({
      ...given,
      state: { ...given.state, nearby: { unavailable: null, again: false, count: 3, duplicateOf: 'x', ms: 5 } },
    }),
    'the round': (given) => ({ ...given, state: { ...given.state, round: 2 } }),
    'what was asked for by name': settings({ requested: ['attributes'] }),
    'the name of the engine': settings({ engine: 'another' }),
    'the bound of transcripts': settings({ maxTranscriptChars: 5 }),
    'the prompt of another agent': prompt('topics'),
    'the model of another agent': modelOf('topics', { name: 'openai:another' }),
    'the model of second opinions': ports({ secondOpinion: model }),
    'whether URLs are fetched': ports({ fetch: false, transcriber: 'openai:ears' }),
    'what else fits into its model': modelOf('attributes', { contextTokens: 9000 }),
  }

  it('is another one if anything is another of what it names, and of nothing else', () => {
    dependsOn(fingerprint, NAMED, OTHERS)
  })

  it('covers the name and the own prompt of the agent, and the kind of an item of which it reads nothing', () => {
    const reading = ofAgent({ reads: [] })(FIRST)
    for (const change of [ofAgent({ name: 'another' }), ofAgent({ prompt: 'another/v9' }), item({ kind: 'video' })])
      expect(fingerprint(change(reading))).not.toBe(fingerprint(reading))
  })

  it('covers the artwork only if the model sees it, without the signature of its address', () => {
    const shown = item({ artwork: { url: 'https://cdn.example/weavers.png' } })
    const signed = item({ artwork: { url: 'https://cdn.example/looms.png?sig=two' } })
    const blind = modelOf('attributes', { sees: false })
    expect(fingerprint(signed(FIRST))).toBe(fingerprint(FIRST))
    expect(fingerprint(shown(blind(FIRST)))).toBe(fingerprint(blind(FIRST)))
  })

  it('covers exactly the texts and the metadata that the agent reads', () => {
    const changes: Changes = {
      transcript: text('transcript'),
      title: text('title'),
      description: text('description'),
      metadata: item({ publishedAt: '2025-05-19T06:00:00Z' }),
      artwork: item({ artwork: { url: 'https://cdn.example/weavers.png' } }),
    }
    fc.assert(
      fc.property(fc.subarray([...reader.reads]), fc.constantFrom(...Object.keys(changes)), (reads, changed) => {
        const reading = ofAgent({ reads })(FIRST)
        const same = fingerprint(changes[changed]?.(reading) ?? reading) === fingerprint(reading)
        expect(same).toBe(!reads.some((name) => name === changed))
      }),
    )
  })

  it("covers what the publisher's categories name, for an agent that reads only that, and not their words", () => {
    const reading = ofAgent({ ...topics })(FIRST)
    const of = (...categories: string[]) => fingerprint(item({ categories })(reading))
    expect(of('Technology')).not.toBe(of('Sports'))
    expect(of('no such subject')).toBe(of('nor this one'))
  })
})

describe("the fingerprint of the critic's judgement", () => {
  const facets = ['one', 'two']
  const fingerprint = (given: Given, of = facets) => critiqueFingerprint(critique, of, prepared(given).run)

  it('is another one if prompt, model, second model or effort is, and if nothing else is', () => {
    dependsOn(
      fingerprint,
      {
        prompt: prompt('critique'),
        model: modelOf('critique', { name: 'openai:another' }),
        'second model': ports({ secondOpinion: model }),
        effort: settings({ effort: 'thorough' }),
      },
      {
        'the item': item({ kind: 'video', title: 'Cards' }),
        'the prompt of an agent': prompt('topics'),
        'the model of an agent': modelOf('topics', { name: 'openai:another' }),
        'what was asked for by name': settings({ requested: ['topics'] }),
        'the vector space': ports({ embedder }),
      },
    )
  })

  it('is another one if a facet is', () => {
    expect(fingerprint(FIRST, ['one', 'three'])).not.toBe(fingerprint(FIRST))
    expect(fingerprint(FIRST, ['one'])).not.toBe(fingerprint(FIRST))
  })
})

describe('the hash of the configuration', () => {
  it('covers settings, agents, models, ports and taxonomies, and nothing of the item or of what was asked for', () => {
    dependsOn(
      (given) => configurationHash([given.agent, topics], prepared(given).run),
      {
        effort: settings({ effort: 'thorough' }),
        engine: settings({ engine: 'another' }),
        limits: settings({ limits: { rounds: 2, maxOutputTokens: 900 } }),
        bound: settings({ maxTranscriptChars: 5 }),
        prompt: prompt('topics'),
        version: ofAgent({ version: reader.version + 1 }),
        tools: ofAgent({ tools: [...reader.tools, lookupTaxonomy] }),
        model: modelOf('topics', { name: 'openai:another' }),
        'whether it answers': modelOf('topics', { agents: [] }),
        second: ports({ secondOpinion: model }),
        embedder: ports({ embedder }),
        taxonomies: (given) => ({ ...given, taxonomyVersion: 'tomorrow' }),
        fetching: (given) => ports({ fetch: false })(given),
        transcriber: (given) => ports({ transcriber: 'openai:ears' })(given),
      },
      {
        'the item': item({ kind: 'video', title: 'Cards', publishedAt: '2025-05-19T06:00:00Z' }),
        'a text': text('transcript'),
        'what was asked for by name': settings({ requested: ['topics'] }),
        'the run': (given) => ({ ...given, run: { id: 'another', parentId: 'a-run' } }),
        'the time': (given) => ({ ...given, clock: 1_000_000 }),
      },
    )
  })
})

describe('the hash of an intake', () => {
  const parts = { item: talk(), configuration: 'c', decisions: [], validators: {} }
  const signed = (signature: string, path = 'looms'): Item =>
    talk({
      url: `https://example.org/${path}?token=${signature}`,
      audio: { url: `https://user:${signature}@cdn.example/looms.mp3` },
      transcripts: [{ url: `https://cdn.example/looms.vtt?X-Amz-Signature=${signature}` }],
    })

  it('is another one if any part is', () => {
    const hashes = [
      parts,
      { ...parts, item: talk({ title: 'Cards' }) },
      { ...parts, configuration: 'd' },
      { ...parts, decisions: [{ key: 'k' }] },
      { ...parts, validators: { 'https://example.org/': { etag: '"1"' } } },
      { ...parts, unfinished: 'this-run' },
      { ...parts, unfinished: 'that-run' },
    ].map(intakeHash)
    expect(new Set(hashes).size).toBe(hashes.length)
  })

  it('is the same if addresses are only signed anew', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9a-f]+$/), fc.stringMatching(/^[0-9a-f]+$/), (one, two) => {
        expect(intakeHash({ ...parts, item: signed(one) })).toBe(intakeHash({ ...parts, item: signed(two) }))
      }),
    )
    expect(intakeHash({ ...parts, item: signed('a', 'cards') })).not.toBe(intakeHash({ ...parts, item: signed('a') }))
  })
})
