import { AIMessage } from '@langchain/core/messages'
import { fakeModel } from '@langchain/core/testing'
import { describe, expect, it } from 'vitest'
import { fromLangChain } from '../../../src/models/openai/from-langchain.ts'
import { chatModelContract, request } from '../../contracts/chat-model.ts'

const options = { name: 'fake:one', contextTokens: 8000, sleep: async () => {} }
const answering = () => fakeModel().respondWithTools([{ name: 'submit_topics', args: { ids: ['1'] } }])

chatModelContract('fromLangChain', () => fromLangChain(answering(), options))

describe('fromLangChain', () => {
  it('gives the model exactly the messages of the request', async () => {
    const fake = fakeModel().respond((messages) => {
      expect(messages.map((m) => [m.type, m.content])).toEqual([
        ['system', 'You label talks.'],
        ['human', 'Which topics?'],
      ])
      return new AIMessage('Cooking')
    })
    const answer = await fromLangChain(fake, options).chat(request)
    expect(answer).toMatchObject({ content: 'Cooking', finish: 'stop', model: 'fake:one' })
    expect(fake.callCount).toBe(1)
  })

  it('reads parts of text, usage, and the words of other providers for how it finished', async () => {
    const usage = { input_tokens: 9, output_tokens: 4, total_tokens: 13, input_token_details: { cache_read: 5 } }
    const message = Object.assign(
      new AIMessage({
        content: [
          { type: 'text', text: 'Half ' },
          { type: 'text', text: 'a sentence' },
        ],
        response_metadata: { stop_reason: 'max_tokens', model_name: 'other-2' },
      }),
      { usage_metadata: usage },
    )
    expect(await fromLangChain(fakeModel().respond(message), options).chat(request)).toEqual({
      content: 'Half a sentence',
      toolCalls: [],
      finish: 'length',
      usage: { input: 9, cached: 5, output: 4 },
      model: 'other-2',
      retries: [],
    })
  })

  it('tries again after an error that may pass', async () => {
    const busy = Object.assign(new Error('Overloaded'), { status: 529 })
    const fake = fakeModel().respond(busy).respond(new AIMessage('Cooking'))
    const answer = await fromLangChain(fake, options).chat(request)
    expect(answer.retries).toMatchObject([{ reason: 'server: 529 Overloaded' }])
  })

  it('asks for a model with the sampling of the request', async () => {
    const asked: unknown[] = []
    const model = fromLangChain((sampling) => {
      asked.push(sampling)
      return answering()
    }, options)
    await model.chat({ ...request, maxOutputTokens: 100 })
    expect(asked).toEqual([{ maxOutputTokens: 100 }])
  })
})
