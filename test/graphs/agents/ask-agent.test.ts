import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AgentCall, askAgent, promptOf } from '../../../graphs/agents/ask-agent.ts'
import { attributes } from '../../../graphs/agents/attributes.ts'
import { chapters } from '../../../graphs/agents/chapters.ts'
import type { Agent } from '../../../graphs/agents/define-agent.ts'
import { AGENT_NAMES } from '../../../graphs/agents/registry.ts'
import { topics } from '../../../graphs/agents/topics.ts'
import type { NodeRun } from '../../../graphs/step.ts'
import type { Tokens } from '../../../src/content/understanding-schema.ts'
import type { Database } from '../../../src/database/engine/connection.ts'
import type { ChatModel } from '../../../src/models/chat-model.ts'
import { extractive } from '../../../src/models/extractive/extractive-model.ts'
import { createScriptedModel, type ScriptedAnswer } from '../../../src/models/scripted-model.ts'
import { estimateTokens } from '../../../src/models/tokens.ts'
import { openMemory } from '../../database/open-memory.ts'
import { FINDS_NOTHING } from '../../support/agent-view.ts'
import { bareRun } from '../../support/bare-run.ts'
import { cast, openDesk, submits } from '../../support/desk.ts'
import { readingOf } from '../../support/reading-of.ts'
import { recorded, replayed } from '../../support/recorded.ts'
import { AFTER_AGENTS, BEFORE_AGENTS } from '../../support/steps.ts'
import { talk } from '../../support/talk.ts'

describe('an agent that its model cannot answer for', () => {
  let database: Database
  beforeAll(async () => {
    database = await openMemory()
  })
  afterAll(() => database.close())

  const tenant = 'no-script'
  const able = cast({}, { agents: ['entities', 'chapters', 'suitability', 'summary', 'attributes', 'critique'] })
  const desk = () => openDesk(database, { tenant, chat: able.model })
  const REASON =
    'openai:cast cannot answer for topics: set OPENAI_BASE_URL and LINERNOTES_MODEL to give it a language model'

  it('abstains once without asking the model, and an item that has not changed is unchanged', async () => {
    const first = await desk().understand(talk())
    expect(first.document).toMatchObject({ status: 'partial', abstentions: [{ facet: 'topics', reason: REASON }] })
    expect(able.agents()).not.toContain('topics')
    expect(first.run.summary?.failedNodes).toEqual([])
    expect((await replayed(await recorded(desk(), first.run.id))).divergences).toEqual([])
    expect((await desk().understand(talk())).run.status).toBe('unchanged')
  })

  it('has its abstention reused like a facet if another agent runs again', async () => {
    const { document, steps } = await desk().understand(talk(), { requested: ['summary'] })
    expect(steps).toEqual([...BEFORE_AGENTS, 'summary.0', ...AFTER_AGENTS])
    expect(document).toMatchObject({
      version: 2,
      status: 'partial',
      abstentions: [{ facet: 'topics', reason: REASON }],
    })
    expect(document.provenance.facets.topics?.run).not.toBe(document.provenance.runId)
  })

  it('answers as soon as its model can, even if that model has the same name', async () => {
    const topics = () => submits('topics', { topics: [{ id: '596', evidence: [{ segment: 3 }] }] })
    const { document, steps } = await openDesk(database, { tenant, chat: cast({ topics }).model }).understand(talk())
    expect(steps).toEqual([...BEFORE_AGENTS, 'topics.0', ...AFTER_AGENTS])
    expect(document).toMatchObject({ status: 'complete', topics: [{ id: '596' }] })
  })

  it('reuses its abstentions for an item in a language that no model reads, and has no note that a summary lacks support', async () => {
    const german = talk({
      language: 'de',
      description: '',
      title: '',
      transcripts: [
        { text: 'Die Weber von Lyon fürchteten um ihren Lohn. In einer Nacht verbrannten sie die neuen Stühle.' },
      ],
    })
    const desk = openDesk(database, { chat: () => extractive() })
    const first = await desk.understand(german)
    const second = await desk.understand(german, { requested: ['topics'] })
    expect(second.steps).toEqual([...BEFORE_AGENTS, 'topics.0', ...AFTER_AGENTS])
    expect(second.document.abstentions).toEqual(first.document.abstentions)
    expect(second.document.provenance.notes).toEqual(first.document.provenance.notes)
  })
})

it('the embedded engine answers for every agent that is shipped', () => {
  expect(extractive().agents).toEqual(expect.arrayContaining([...AGENT_NAMES, 'critique', 'transcript']))
})

describe('what an agent is given', () => {
  const ITEM = talk({
    title: 'On bees',
    description: 'With a herring.',
    durationMs: 90_000,
    artwork: { url: 'https://a.example/bees.jpg' },
  })
  const reading = readingOf(['Bees dance.', 'They dance for flowers.'], {
    title: 'On bees',
    description: 'With a herring.',
  })

  /** One call of an agent whose model gives these answers, and the requests that it got. */
  async function ask<Result>(
    agent: Agent<Result>,
    answers: readonly ScriptedAnswer[],
    {
      call = {},
      run = {},
      model: about = {},
    }: { call?: Partial<AgentCall<Result>>; run?: Partial<NodeRun>; model?: Partial<ChatModel> } = {},
  ) {
    const scripted = createScriptedModel(answers, { name: 'openai:scripted', readsTask: true })
    const model: ChatModel = { ...scripted, ...about }
    const result = await askAgent(
      {
        agent,
        model,
        reading,
        block: 'the whole transcript',
        durationMs: 90_000,
        neighbourhood: { unavailable: null, space: null, items: [] },
        claims: [],
        findings: [],
        round: 0,
        previous: null,
        transcript: 'whole',
        ...call,
      },
      bareRun({ item: ITEM, ...run }),
    )
    return { result, requests: scripted.requests, sent: JSON.stringify(scripted.requests[0]) }
  }
  const none = {
    topics: submits('topics', { topics: [] }),
    chapters: submits('chapters', { chapters: [] }),
    attributes: submits('attributes', {}),
  }

  it('is what it declares that it reads, in its messages as in its task', async () => {
    const read = await ask(topics, [none.topics])
    expect(read.sent).toContain('herring')
    expect(read.sent).toContain('the whole transcript')
    expect(read.requests[0]?.task).toMatchObject({
      agent: 'topics',
      transcript: 'the whole transcript',
      item: { title: 'On bees', durationMs: 90_000 },
    })
    const blind = await ask(chapters, [none.chapters])
    expect(blind.sent).not.toContain('herring')
    expect(blind.sent).not.toContain('On bees')
    expect(blind.requests[0]?.task).toMatchObject({ agent: 'chapters', item: { title: '', description: '' } })
  })

  it('has declared metadata only if it reads it', async () => {
    expect((await ask(attributes, [none.attributes])).requests[0]?.messages.at(-1)).toMatchObject({
      content: expect.stringContaining('"durationMs":90000'),
    })
    expect((await ask(topics, [none.topics])).requests[0]?.messages.at(-1)).not.toMatchObject({
      content: expect.stringContaining('durationMs'),
    })
  })

  it('has its candidates in its messages and in its task', async () => {
    const found = { firstSegment: 1, depth: 1, keyphrases: [], title: 'Flowers and bees' }
    const { sent, requests } = await ask(chapters, [none.chapters], {
      run: { analysis: { ...FINDS_NOTHING, chapterCandidates: async () => [found] } },
    })
    expect(requests[0]?.messages.at(-1)).toMatchObject({ content: expect.stringContaining('Flowers and bees') })
    expect(requests[0]?.task).toMatchObject({ candidates: [found], chapters: 1 })
    expect(sent).toContain('Flowers')
  })

  it('shows the artwork to an agent that looks at it, if its model can see', async () => {
    const image = { type: 'image', url: 'https://a.example/bees.jpg' }
    const seen = async (agent: typeof attributes | typeof topics, answer: ScriptedAnswer, sees: boolean) =>
      (await ask(agent, [answer], { model: { sees } })).requests[0]?.messages.at(-1)?.content
    expect(await seen(attributes, none.attributes, true)).toEqual([expect.objectContaining({ type: 'text' }), image])
    expect(await seen(attributes, none.attributes, false)).toEqual(expect.any(String))
    expect(await seen(topics, none.topics, true)).toEqual(expect.any(String))
  })

  it('has an outline in place of a transcript that is too long, within a third of what the model reads', async () => {
    const long = readingOf(
      Array.from({ length: 60 }, (_, n) => `Sentence ${n} says that bees dance for all of the flowers of the field.`),
    )
    const { requests } = await ask(topics, [none.topics], {
      call: { reading: long, transcript: 'outline' },
      model: { contextTokens: 3000 },
    })
    const [, outline] = requests[0]?.messages ?? []
    expect(outline?.content).toMatch(/^<outline sha256=/)
    expect(outline?.content).toContain('[59 | content')
    expect(estimateTokens(String(outline?.content))).toBeLessThan(1050)
  })

  it('does not last longer than the agent and the run allow', async () => {
    const chatter = { content: 'Let me think.' }
    const rounds = async (limit: number | null, maxOutputTokens: number | null = null) => {
      const { settings } = bareRun()
      const limited = { ...settings, limits: { rounds: limit, maxOutputTokens } }
      return ask(
        topics,
        Array.from({ length: 12 }, () => chatter),
        { run: { settings: limited } },
      )
    }
    const [alone, fewer, more] = [await rounds(null), await rounds(2, 500), await rounds(99)]
    expect(alone.requests).toHaveLength(topics.limits.rounds)
    expect(fewer.requests).toHaveLength(2)
    expect(more.requests).toHaveLength(topics.limits.rounds)
    expect(fewer.requests[0]?.maxOutputTokens).toBe(500)
    expect(fewer.result).toMatchObject({ kind: 'abstained', again: true, usage: { rounds: 2 } })
  })

  it('has its use accounted for: by the price of the model, or without a cost if the tokens are estimated', async () => {
    let now = 1000
    const run = {
      clock() {
        now += 40
        return now
      },
      price: (model: string, { input, output }: Tokens) => (model === 'openai:scripted' ? input + 2 * output : null),
    }
    const used = async (usage: Tokens) => (await ask(topics, [{ ...none.topics, usage }], { run })).result
    expect(await used({ input: 10, cached: 0, output: 3 })).toMatchObject({
      kind: 'answered',
      result: { facet: 'topics', labels: [] },
      usage: {
        model: 'openai:scripted',
        prompt: topics.prompt,
        rounds: 1,
        tokens: { input: 10, output: 3 },
        costUsd: 16,
        ms: 40,
      },
    })
    expect(await used({ input: 10, cached: 0, output: 3, estimated: true })).toMatchObject({ usage: { costUsd: null } })
  })

  it('is nothing if its model does not read the language of the item', async () => {
    const inLanguage = async (language: string | null) =>
      ask(topics, [none.topics], { call: { reading: { ...reading, language } }, model: { languages: ['en', 'de'] } })
    const french = await inLanguage('fr')
    expect(french.requests).toEqual([])
    expect(french.result).toMatchObject({
      kind: 'abstained',
      again: false,
      reason: 'openai:scripted reads en, de only, and this item is in "fr"',
      usage: { rounds: 0, costUsd: 0 },
    })
    for (const language of ['en', 'de-AT', null]) expect((await inLanguage(language)).result.kind).toBe('answered')
  })

  it('has the prompt that is in force in its run, or its own', () => {
    const { settings } = bareRun()
    const chosen = bareRun({ settings: { ...settings, prompts: { topics: 'topics/v1' } } })
    expect(promptOf(topics, chosen)).toBe('topics/v1')
    expect(promptOf(chapters, chosen)).toBe(chapters.prompt)
  })
})
