import { describe, expect, it } from 'vitest'
import { AGENT_NAMES } from '../../graphs/agents/registry.ts'
import { GraphSettings } from '../../src/ledger/run-configuration-schema.ts'
import type { ChatModel } from '../../src/models/chat-model.ts'
import {
  embedderIdentity,
  identitiesOf,
  settingsOf,
  unpricedModels,
  withModel,
} from '../../src/runs/run-configuration.ts'
import { configuration } from '../ledger/configuration-sample.ts'
import { cast } from '../support/desk.ts'
import { fakeEmbedder } from '../support/fake-embedder.ts'

const model = (name: string, about: Partial<ChatModel> = {}) => cast({}, { ...about, name }).model('topics')
const transcriber = { name: 'openai:ear', transcribe: () => Promise.reject(new Error('asked')) }
const ports = {
  chat: (agent: string) => model(agent === 'topics' ? 'openai:dear' : 'openai:cheap'),
  secondOpinion: model('openai:second'),
  embedder: fakeEmbedder(),
  transcriber,
}

describe('what the settings of a run say of its ports', () => {
  it('is the model of each agent, of the critic and of the one that chooses a transcript', () => {
    const { models, secondOpinion } = identitiesOf(ports, true)
    expect(Object.keys(models)).toEqual([...AGENT_NAMES, 'critique', 'transcript'])
    expect([models.topics?.name, models.critique?.name, secondOpinion?.name]).toEqual([
      'openai:dear',
      'openai:cheap',
      'openai:second',
    ])
  })

  it('is what code can see of a model, and nothing that is absent', () => {
    const chat = () => model('m', { sees: true, contextTokens: 9, languages: ['en'], agents: ['topics'] })
    expect(identitiesOf({ ...ports, chat }, true).models.topics).toEqual({
      name: 'm',
      readsTask: false,
      sees: true,
      contextTokens: 9,
      languages: ['en'],
      agents: ['topics'],
    })
    expect(Object.keys(identitiesOf(ports, true).models.topics ?? {})).not.toContain('languages')
    expect(embedderIdentity({ ...fakeEmbedder(), languages: 'any' })).toEqual({
      space: 'fake@1',
      dimension: 8,
      languages: 'any',
      local: true,
    })
  })

  it('names no transcriber where nothing is fetched: there is no audio to hear', () => {
    expect(identitiesOf(ports, true)).toMatchObject({ fetch: true, transcriber: 'openai:ear' })
    expect(identitiesOf(ports, false)).toMatchObject({ fetch: false, transcriber: null })
    expect(identitiesOf({ ...ports, transcriber: null, embedder: null, secondOpinion: null }, true)).toMatchObject({
      transcriber: null,
      embedder: null,
      secondOpinion: null,
    })
  })

  it('can be stored, and is the same when it is read back', () => {
    const { ports: _, ...rest } = configuration.settings
    const settings = settingsOf(
      { settings: (asked) => ({ ...rest, ...asked }), ports },
      {
        effort: 'quick',
        requested: null,
        fetch: false,
      },
    )
    expect(settings).toMatchObject({ effort: 'quick', requested: [], ports: { fetch: false } })
    expect(GraphSettings.parse(JSON.parse(JSON.stringify(settings)))).toEqual(settings)
  })
})

it('one model for all agents leaves the other ports as they are', () => {
  const before = identitiesOf(ports, true)
  const { models, ...others } = withModel(before, model('openai:other'))
  expect(Object.keys(models)).toEqual(Object.keys(before.models))
  expect(new Set(Object.values(models).map(({ name }) => name))).toEqual(new Set(['openai:other']))
  expect({ ...others, models: before.models }).toEqual(before)
})

describe('models without a price', () => {
  const named = identitiesOf(ports, true)
  const onlyCheap = (name: string) => (name === 'openai:cheap' ? 0 : null)

  it('are told by name where a budget in dollars is set, the second opinion among them', () => {
    expect(unpricedModels({ usd: 1, tokens: null }, named, () => null)).toEqual([
      'openai:cheap',
      'openai:dear',
      'openai:second',
    ])
    expect(unpricedModels({ usd: 0, tokens: null }, named, onlyCheap)).toEqual(['openai:dear', 'openai:second'])
    expect(unpricedModels({ usd: 1, tokens: null }, { ...named, secondOpinion: null }, onlyCheap)).toEqual([
      'openai:dear',
    ])
  })

  it('do not matter without such a budget', () => {
    expect(unpricedModels(undefined, named, () => null)).toEqual([])
    expect(unpricedModels({ usd: null, tokens: 5 }, named, () => null)).toEqual([])
  })
})
