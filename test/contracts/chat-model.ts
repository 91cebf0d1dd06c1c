import { describe, expect, it } from 'vitest'
import { ChatAnswer, type ChatModel, type ChatRequest } from '../../src/models/chat-model.ts'

export const request: ChatRequest = {
  messages: [
    { role: 'system', content: 'You label talks.' },
    { role: 'user', content: 'Which topics?' },
  ],
  tools: [
    {
      name: 'submit_topics',
      description: 'Submit the topics.',
      parameters: {
        type: 'object',
        properties: { ids: { type: 'array', items: { type: 'string' } } },
        required: ['ids'],
      },
    },
  ],
  toolChoice: 'required',
}

/** What every chat model promises; `answering` gives one that answers once: calls submit_topics with `{ ids: ['1'] }`. */
export function chatModelContract(name: string, answering: () => ChatModel): void {
  describe(`chat model contract: ${name}`, () => {
    it('answers in the shape of an answer, as plain JSON', async () => {
      const answer = await answering().chat(request)
      expect(ChatAnswer.parse(answer)).toEqual(answer)
      expect(JSON.parse(JSON.stringify(answer))).toEqual(answer)
      expect(answer.toolCalls).toMatchObject([{ name: 'submit_topics', args: { ids: ['1'] } }])
      expect(answer.toolCalls[0]?.id).not.toBe('')
      expect(answer.finish).toBe('tool_calls')
    })

    it('leaves the request as it is', async () => {
      const before = structuredClone(request)
      await answering().chat(request)
      expect(request).toEqual(before)
    })

    it('rejects with the reason of an aborted signal', async () => {
      const reason = new Error('the run was cancelled')
      await expect(answering().chat(request, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    })

    it('names engine and model, and a context', () => {
      expect(answering().name).toMatch(/\S/)
      expect(answering().contextTokens).toBeGreaterThan(0)
    })
  })
}
