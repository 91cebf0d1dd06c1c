import { describe, expect, it } from 'vitest'
import * as answers from '../../../src/content/answers.ts'
import { ChatAnswer, type ChatMessage, ModelError } from '../../../src/models/chat-model.ts'
import type { ExtractiveTask } from '../../../src/models/extractive/agent-task.ts'
import { extractive } from '../../../src/models/extractive/extractive-model.ts'
import type { TopicCandidate } from '../../../src/signals/candidates.ts'
import { COMMON, play, requestOf } from './play-script.ts'

const bees: TopicCandidate = {
  taxonomy: 'iab-content-3.1',
  id: '258',
  name: 'Beekeeping',
  path: ['Hobbies & Interests', 'Beekeeping'],
  score: 0.8,
  margin: 0.3,
  coverage: 0.5,
  evidence: [{ source: 'transcript', segment: 3 }],
}
const task: ExtractiveTask = { ...COMMON, agent: 'topics', candidates: [bees] }
const SCHEMAS = {
  topics: answers.TopicsAnswer,
  entities: answers.EntitiesAnswer,
  chapters: answers.ChaptersAnswer,
  suitability: answers.SuitabilityAnswer,
  summary: answers.SummaryAnswer,
  attributes: answers.AttributesAnswer,
  critique: answers.CritiqueAnswer,
  transcript: answers.TranscriptChoice,
}
const EMPTY: ExtractiveTask[] = [
  { ...COMMON, agent: 'topics', candidates: [] },
  { ...COMMON, agent: 'entities', candidates: [] },
  { ...COMMON, agent: 'chapters', candidates: [], chapters: 0 },
  { ...COMMON, agent: 'suitability', candidates: [] },
  { ...COMMON, agent: 'summary', candidates: [] },
  { ...COMMON, agent: 'attributes', candidates: [] },
  { ...COMMON, agent: 'critique', claims: [] },
  { ...COMMON, agent: 'transcript', options: [] },
]

describe('the extractive engine', () => {
  it('says what it is: no language model, reads tasks, sees nothing, costs no tokens', async () => {
    const model = extractive()
    expect(model).toMatchObject({ name: 'extractive/1', readsTask: true, sees: false })
    const answer = await model.chat(requestOf(task, []))
    expect(ChatAnswer.parse(answer)).toMatchObject({ usage: { input: 0, cached: 0, output: 0 }, model: 'extractive/1' })
  })

  it('makes real tool calls with ids that count through the conversation, then submits', async () => {
    const { turns } = await play(task)
    expect(turns.flat().map(({ id }) => id)).toEqual(turns.flat().map((_, n) => `c${n}`))
    expect(turns.at(-1)?.map(({ name }) => name)).toEqual(['submit_topics'])
    expect(turns[0]?.map(({ name }) => name)).toContain('lookup_taxonomy')
  })

  it('holds no state: equal messages give equal answers, from any instance', async () => {
    const messages: ChatMessage[] = [{ role: 'user', content: 'go' }]
    const one = await extractive().chat(requestOf(task, messages))
    const other = await extractive().chat(requestOf(task, messages))
    expect(one).toEqual(other)
  })

  it('submits at once when it is made to', async () => {
    const { toolCalls } = await extractive().chat(requestOf(task, [], { toolChoice: { name: 'submit_topics' } }))
    expect(toolCalls).toMatchObject([{ id: 'c0', name: 'submit_topics', args: { topics: [{ id: '258' }] } }])
  })

  it('does without tools that are not offered', async () => {
    const tools = [{ name: 'submit_topics', description: '', parameters: {} }]
    const { toolCalls } = await extractive().chat(requestOf(task, [], { tools }))
    expect(toolCalls.map(({ name }) => name)).toEqual(['submit_topics'])
  })

  it('goes on when tools fail or talk nonsense', async () => {
    const { answer } = await play(task, () => 'Error: no such node. Try "by": "name".')
    expect(answer).toMatchObject({ topics: [{ id: '258' }] })
  })

  it('says less, not the same again, when its answer was rejected', async () => {
    const messages: ChatMessage[] = [
      { role: 'assistant', content: '', toolCalls: [{ id: 'c0', name: 'submit_topics', args: { topics: [] } }] },
      { role: 'tool', callId: 'c0', name: 'submit_topics', content: '/topics/0/id: there is no such node' },
    ]
    const { toolCalls } = await extractive().chat(requestOf(task, messages))
    expect(toolCalls).toEqual([{ id: 'c1', name: 'submit_topics', args: { topics: [] } }])
  })

  it.each(EMPTY)('abstains with a valid answer when $agent has nothing to go on', async (empty) => {
    const { answer } = await play(empty)
    expect(SCHEMAS[empty.agent].safeParse(answer).error).toBeUndefined()
    for (const value of Object.values(answer ?? {})) if (Array.isArray(value)) expect(value).toEqual([])
  })

  it.each([undefined, null, 'topics', { agent: 'weather' }, { agent: 'topics' }])(
    'refuses a task that it cannot read: %j',
    async (unknown) => {
      const request = { ...requestOf(task, []), task: unknown }
      await expect(extractive().chat(request)).rejects.toSatisfy(
        (error: unknown) =>
          error instanceof ModelError && error.kind === 'bad_request' && error.message.includes('LINERNOTES_MODEL'),
      )
    },
  )

  it('refuses a request without a tool to submit with', async () => {
    await expect(extractive().chat(requestOf(task, [], { tools: [] }))).rejects.toThrow(/no submit tool/)
  })

  it('rejects with the reason of an abort', async () => {
    const reason = new Error('cancelled')
    await expect(extractive().chat(requestOf(task, []), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  })
})
