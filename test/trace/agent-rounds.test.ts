import { describe, expect, it } from 'vitest'
import { agentRounds } from '../../src/trace/agent-rounds.ts'
import { type CallSample, runSample } from '../recordings/run-sample.ts'

const task = { role: 'user', content: 'Which topics?' }
const submit = (args: unknown) => ({ id: 's', name: 'submit_topics', args })
const answer = (...toolCalls: unknown[]) => ({ content: '', toolCalls, finish: 'tool_calls' })
const said = (toolCalls: unknown[], content = '') => ({ role: 'assistant', content, toolCalls })
const reply = (content: unknown) => ({ role: 'tool', content })
const chat = (n: number, messages: unknown[], response: unknown, more: Partial<CallSample> = {}): CallSample => ({
  ...{ node: 'topics', n, request: { model: 'm', messages: [task, ...messages] }, response },
  ...more,
})
const left = (draft: Record<string, unknown>) => [{ node: 'topics', update: { drafts: { topics: draft } } }]
const usage = (rejected: number) => ({ usage: { rounds: 1, toolCalls: 0, rejected } })
const rounds = (calls: CallSample[], steps = left({ status: 'answered', ...usage(0) }), visit = 0) =>
  agentRounds(runSample(steps, calls), { node: 'topics', visit })

const lookup = { id: 'a', name: 'lookup_taxonomy', args: { query: 'Looms' } }

describe('the rounds of an agent', () => {
  it('are its chats by their number, each with what came back to the calls that it made', () => {
    const other = { id: 'b', name: 'read_metadata', args: '{broken' }
    const [first, last] = rounds([
      chat(1, [said([lookup, other]), reply('{"nodes":[]}'), reply('{"error":"no JSON"}')], answer(submit({}))),
      chat(0, [], answer(lookup, other)),
      { node: 'topics', kind: 'embed', n: 0 },
      { node: 'entities', request: { messages: [] } },
    ])
    expect([first?.exchange, last?.exchange]).toEqual(['topics.0.chat.0', 'topics.0.chat.1'])
    expect(first?.calls).toEqual([
      { tool: 'lookup_taxonomy', arguments: { query: 'Looms' }, rejected: null, result: { nodes: [] } },
      { tool: 'read_metadata', arguments: '{broken', rejected: 'no JSON' },
    ])
    expect(last).toMatchObject({ model: 'm', calls: [{ tool: 'submit_topics', arguments: {}, rejected: null }] })
    expect(last?.calls[0]).not.toHaveProperty('result')
  })

  it('take of the next request only what was told after the last answer', () => {
    const [first, second] = rounds([
      chat(0, [], answer(lookup)),
      chat(1, [said([lookup]), reply('{"n":1}')], answer(lookup)),
      chat(2, [said([lookup]), reply('{"n":1}'), said([lookup]), reply('{"n":2}')], answer(submit({}))),
    ])
    expect([first?.calls[0]?.result, second?.calls[0]?.result]).toEqual([{ n: 1 }, { n: 2 }])
  })

  it('say that an answer without a call was sent back, and that one was cut off', () => {
    const [first, second] = rounds([
      chat(0, [], { content: 'Looms.', toolCalls: [], finish: 'length' }),
      chat(1, [said([], 'Looms.'), { role: 'user', content: 'Call a tool.' }], answer(submit({}))),
    ])
    expect(first).toMatchObject({ said: 'Looms.', calls: [], rejected: 'Call a tool.', cutOff: true })
    expect(second).toMatchObject({ said: null, rejected: null, cutOff: false })
  })

  it('say why there was no answer', () => {
    const retries = [{ reason: 'slow', waitedMs: 5 }]
    const [failed] = rounds([chat(0, [], { message: 'away', retries }, { outcome: 'error' })])
    expect(failed).toMatchObject({ failed: 'away', retries, calls: [], said: null })
    expect(rounds([chat(0, [], null, { outcome: 'refused' })])[0]?.failed).toBe('refused')
  })

  it('count conversations: a request in which no model has spoken yet begins another one', () => {
    const calls = [
      chat(0, [], answer(lookup)),
      chat(1, [said([lookup]), reply('{}')], answer(submit({}))),
      chat(2, [], answer(submit({})), { request: { model: 'second', messages: [task] } }),
    ]
    expect(rounds(calls).map(({ conversation, model }) => [conversation, model])).toEqual([
      [0, 'm'],
      [0, 'm'],
      [1, 'second'],
    ])
    // What was told in the first conversation is not a reply to the second one.
    expect(rounds(calls).map(({ rejected }) => rejected)).toEqual([null, null, null])
  })

  it('are read from whatever was recorded', () => {
    expect(rounds([{ node: 'topics', request: 5, response: 'text' }])).toMatchObject([
      { model: null, said: null, calls: [], failed: null },
    ])
    expect(rounds([])).toEqual([])
  })
})

describe('the last answer of a step', () => {
  const calls = [
    chat(0, [], answer(submit(1))),
    chat(1, [said([submit(1)]), reply('{"error":"not a list"}')], answer(submit(2))),
  ]
  const lastOf = (draft: Record<string, unknown>) => rounds(calls, left(draft)).at(-1)?.calls[0]?.rejected

  it('was rejected if its step counts one rejection more than the model was told', () => {
    expect(lastOf({ status: 'answered', ...usage(1) })).toBeNull()
    expect(lastOf({ status: 'abstained', reason: 'no valid answer', ...usage(2) })).toBe('no valid answer')
    expect(lastOf({ status: 'answered', ...usage(2) })).toBe('no round was left to mend it')
  })

  it('was rejected as a whole if it called nothing', () => {
    const [prose] = rounds(
      [chat(0, [], { content: 'Looms.', toolCalls: [], finish: 'stop' })],
      left({ status: 'abstained', reason: 'prose only', ...usage(1) }),
    )
    expect(prose).toMatchObject({ calls: [], rejected: 'prose only' })
  })

  it('is not blamed for rejections of the visit before, which its step counts too', () => {
    const steps = [
      ...left({ status: 'abstained', reason: 'no valid answer', ...usage(2) }),
      ...left({ status: 'answered', ...usage(2) }).map((step) => ({ ...step, visit: 1 })),
    ]
    const again = [chat(0, [], answer(submit({})), { visit: 1 })]
    expect(rounds(again, steps, 1)[0]?.calls[0]?.rejected).toBeNull()
  })
})
