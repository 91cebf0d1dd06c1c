import { AIMessage, type AIMessageFields } from '@langchain/core/messages'
import { describe, expect, it } from 'vitest'
import type { ChatMessage } from '../../../src/models/chat-model.ts'
import { fromLangChainAnswer, toLangChain } from '../../../src/models/openai/langchain-messages.ts'

const request = { messages: [{ role: 'user' as const, content: 'Which topics are in this talk?' }], tools: [] }
const read = (fields: AIMessageFields) => fromLangChainAnswer(new AIMessage(fields), 'asked-for', request)
const finish = (reason: string, calls: { id: string; name: string; args: object }[] = []) =>
  read({ content: '', tool_calls: calls, response_metadata: { finish_reason: reason } }).finish
const call = { id: 'a', name: 'read_metadata', args: {} }

describe('a message for a provider', () => {
  const sent = (message: ChatMessage) => {
    const { type, content, ...rest } = toLangChain(message)
    return { type, content, rest }
  }

  it('keeps its role and its words, and has no id', () => {
    expect(sent({ role: 'system', content: 'Be brief.' })).toMatchObject({ type: 'system', content: 'Be brief.' })
    expect(sent({ role: 'user', content: 'Which?' })).toMatchObject({ type: 'human', content: 'Which?' })
    expect(sent({ role: 'tool', content: '{}', callId: 'a', name: 'read_metadata' })).toMatchObject({
      type: 'tool',
      rest: { tool_call_id: 'a', name: 'read_metadata' },
    })
    expect(toLangChain({ role: 'user', content: 'Which?' }).id).toBeUndefined()
  })

  it('gives a model that wrote no object as arguments its own text back', () => {
    const toolCalls = [call, { id: 'b', name: 'submit_topics', args: '{broken' }]
    expect(sent({ role: 'assistant', content: '', toolCalls }).rest).toMatchObject({
      tool_calls: [{ args: {} }, { args: { malformed_arguments: '{broken' } }],
    })
  })
})

describe('the answer of a provider', () => {
  it('has its calls, those with unreadable arguments last and as they were written', () => {
    const { toolCalls } = read({
      content: '',
      tool_calls: [call],
      invalid_tool_calls: [{ id: 'b', name: 'submit_topics', args: '{broken', error: 'x' }],
    })
    expect(toolCalls).toEqual([call, { id: 'b', name: 'submit_topics', args: '{broken' }])
  })

  it('gives calls without an id one that is the same every time', () => {
    const { toolCalls } = read({
      content: '',
      tool_calls: [
        { name: 'a', args: {} },
        { ...call, id: '' },
      ],
    })
    expect(toolCalls.map(({ id }) => id)).toEqual(['call_0', 'call_1'])
  })

  it('has the words of its text parts, and the model that answered or was asked', () => {
    const content = [
      { type: 'text', text: 'Looms ' },
      { type: 'image_url', image_url: { url: 'data:' } },
      { type: 'text', text: 'read.' },
    ]
    expect(read({ content })).toMatchObject({ content: 'Looms read.', model: 'asked-for' })
    expect(read({ content: '', response_metadata: { model_name: 'm' } }).model).toBe('m')
  })

  it('says why it ended, in the words of any provider', () => {
    expect(['length', 'MAX_TOKENS'].map((reason) => finish(reason))).toEqual(['length', 'length'])
    expect(['content_filter', 'refusal', 'SAFETY'].map((reason) => finish(reason))).toEqual(Array(3).fill('filtered'))
    expect(['stop', 'end_turn', 'tool_use'].map((reason) => finish(reason))).toEqual(['stop', 'stop', 'stop'])
    // With a named tool, some say that they stopped although they call it.
    expect(finish('stop', [call])).toBe('tool_calls')
    expect(finish('length', [call])).toBe('length')
    expect(finish('moon phase')).toBe('other')
  })
})

describe('the tokens of an answer', () => {
  const usage = (input: number, output: number, content = 'Looms read cards.') => {
    const message = new AIMessage({ content })
    const reported = { input_tokens: input, output_tokens: output, total_tokens: input + output }
    Object.assign(message, { usage_metadata: { ...reported, input_token_details: { cache_read: 3 } } })
    return fromLangChainAnswer(message, 'asked-for', request).usage
  }

  it('are those that the endpoint reports', () => {
    expect(usage(10, 4)).toEqual({ input: 10, cached: 3, output: 4 })
    expect(usage(10, 0, '')).toEqual({ input: 10, cached: 3, output: 0 })
  })

  it('are estimated where it reports none for what was asked or written', () => {
    expect(usage(10, 0)).toMatchObject({ input: 10, estimated: true })
    expect(usage(10, 0).output).toBeGreaterThan(0)
    expect(usage(0, 4)).toMatchObject({ output: 4, estimated: true })
    expect(read({ content: 'Looms.' }).usage).toMatchObject({ cached: 0, estimated: true })
  })
})
