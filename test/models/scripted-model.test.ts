import { describe, expect, it } from 'vitest'
import { createScriptedModel } from '../../src/models/scripted-model.ts'
import { chatModelContract, request } from '../contracts/chat-model.ts'

const call = { id: 'c1', name: 'submit_topics', args: { ids: ['1'] } }

chatModelContract('scripted', () => createScriptedModel([{ toolCalls: [call] }]))

describe('createScriptedModel', () => {
  it('says what it is told in order, and keeps what it was asked', async () => {
    const model = createScriptedModel([{ content: 'one' }, ({ messages }) => ({ content: `${messages.length}` })])
    expect((await model.chat(request)).content).toBe('one')
    expect((await model.chat(request)).content).toBe('2')
    expect(model.requests).toEqual([request, request])
    expect(model.left).toBe(0)
  })

  it('fails as told, and clearly when its script has ended', async () => {
    const model = createScriptedModel().add(new Error('down'))
    await expect(model.chat(request)).rejects.toThrow('down')
    await expect(model.chat(request)).rejects.toThrow(/no answer left for request 2 \(user: "Which topics\?"\)/)
  })
})
