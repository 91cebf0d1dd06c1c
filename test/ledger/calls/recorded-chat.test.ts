import fc from 'fast-check'
import { expect, it } from 'vitest'
import { recordedChat } from '../../../src/ledger/calls/recorded-chat.ts'
import { openSession } from '../../../src/ledger/ledger-session.ts'
import { createLedgerWriter } from '../../../src/ledger/ledger-writer.ts'
import type { ChatRequest } from '../../../src/models/chat-model.ts'
import { createScriptedModel } from '../../../src/models/scripted-model.ts'
import { memoryStore, nothing, owner } from '../ledger-samples.ts'

const signal = new AbortController().signal

/** The key under which a request is found, for a model that does or does not read the typed task. */
async function keyOf(request: ChatRequest, readsTask = false): Promise<string | undefined> {
  const store = memoryStore()
  const session = openSession({ owner, policy: () => 'perform', own: nothing, writer: createLedgerWriter(store) })
  const model = createScriptedModel([{}], { readsTask })
  await recordedChat(model, session.at({ node: 'topics', visit: 0 }), () => null, signal).chat(request)
  await session.settle()
  return store.recorded().exchanges[0]?.requestHash
}

const conversation = (ids: readonly string[], task?: unknown): ChatRequest => ({
  messages: [
    { role: 'user', content: 'go' },
    { role: 'assistant', content: '', toolCalls: ids.map((id) => ({ id, name: 'read', args: { at: 1 } })) },
    ...ids
      .toReversed()
      .map((id) => ({ role: 'tool' as const, callId: id, name: 'read', content: `of ${ids.indexOf(id)}` })),
  ],
  tools: [],
  toolChoice: 'auto',
  ...(task === undefined ? {} : { task }),
})

it('finds a request whatever ids the endpoint gave to tool calls, as long as each answer belongs to its call', async () => {
  const ids = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 3, maxLength: 3 })
  await fc.assert(
    fc.asyncProperty(ids, ids, async (one, two) => {
      expect(await keyOf(conversation(one))).toBe(await keyOf(conversation(two)))
    }),
    { numRuns: 20 },
  )
  const swapped = conversation(['a', 'b', 'c'])
  swapped.messages = swapped.messages.map((message) =>
    message.role === 'tool'
      ? { ...message, callId: message.callId === 'a' ? 'b' : message.callId === 'b' ? 'a' : 'c' }
      : message,
  )
  expect(await keyOf(swapped)).not.toBe(await keyOf(conversation(['a', 'b', 'c'])))
})

it('takes the typed task into the key only where the model reads it', async () => {
  const requests = [conversation(['a'], { candidates: 1 }), conversation(['a'], { candidates: 2 })]
  const [one, two] = await Promise.all(requests.map((request) => keyOf(request)))
  expect(one).toBe(two)
  const [three, four] = await Promise.all(requests.map((request) => keyOf(request, true)))
  expect(three).not.toBe(four)
})

it('keeps what the endpoint reported: tokens, price, retries and the ids of the answer', async () => {
  const store = memoryStore()
  const session = openSession({ owner, policy: () => 'perform', own: nothing, writer: createLedgerWriter(store) })
  const said = {
    toolCalls: [{ id: 'call_9', name: 'read', args: {} }],
    usage: { input: 100, cached: 60, output: 7 },
    retries: [{ reason: 'server: 502', waitedMs: 5 }],
  }
  const model = createScriptedModel([said], { name: 'openai:m' })
  const price = (name: string, { input }: { input: number }) => (name === 'openai:m' ? input / 1000 : null)
  const answer = await recordedChat(model, session.at({ node: 'topics', visit: 0 }), price, signal).chat(
    conversation(['a']),
  )
  expect(answer).toMatchObject(said)
  expect(store.recorded().exchanges[0]).toMatchObject({
    cost: { inputTokens: 100, cachedTokens: 60, outputTokens: 7, usd: 0.1 },
    retries: 1,
  })
})
