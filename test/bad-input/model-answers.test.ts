import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { AGENT_NAMES } from '../../graphs/agents/registry.ts'
import type { Database } from '../../src/database/engine/connection.ts'
import { createOpenAiChat } from '../../src/models/openai/openai-chat.ts'
import { request } from '../contracts/chat-model.ts'
import { openMemory } from '../database/open-memory.ts'
import { openDesk } from '../support/desk.ts'
import { talk } from '../support/talk.ts'
import { completion, failure, hangs, json, refused, type WireReply, wire } from '../wire/openai.ts'

let database: Database
beforeAll(async () => {
  database = await openMemory()
})
afterAll(() => database.close())
afterEach(() => vi.restoreAllMocks())

const modelOn = (reply: WireReply) =>
  createOpenAiChat({
    baseUrl: 'http://models.example/v1',
    model: 'tiny',
    apiKey: 'sk-secret',
    fetch: wire(typeof reply === 'function' ? reply : () => Promise.reject(reply)).fetch,
    maxRetries: 1,
    timeoutMs: 50,
    random: () => 0.5,
    sleep: async () => undefined,
  })

const calls = (args: string, finish?: string) => () =>
  completion({
    calls: [{ name: 'submit_topics', arguments: args }],
    ...(finish === undefined ? {} : { finish }),
  })

describe('an endpoint that', () => {
  it.each<[string, WireReply, RegExp]>([
    ['is down', () => Promise.reject(refused()), /cannot be reached after 2 tries \(ECONNREFUSED\).*OPENAI_BASE_URL/],
    ['is slow', hangs, /was too slow after 2 tries .*lower the concurrency/],
    ['limits the rate', () => failure(429, 'Slow down', { 'retry-after': '1' }), /rate limited after 2 tries/],
    ['fails', () => failure(500, 'boom'), /failed after 2 tries \(500 boom\)/],
    ['refuses the key', () => failure(401, 'Incorrect key sk-secret'), /refused the key \(401 Incorrect key …\)/],
    ['has no such model', () => failure(404, 'no model tiny'), /rejected the request .*Check the model's name/],
    ['cuts its answers off', calls('{"topics":[{"id"', 'length'), /cut off at the length limit/],
    ['answers in prose', () => completion({ content: 'The topics are looms.' }), /it answered in prose/],
    ['answers with a web page', () => new Response('<html>Log in</html>'), /cannot be read .*OPENAI_BASE_URL/],
    ['answers with nothing', () => json({}), /cannot be read \(it has not the shape of one\)/],
    [
      'nests its arguments 200,000 deep',
      calls(`{"topics":${'['.repeat(200_000)}${']'.repeat(200_000)}}`),
      /not valid|only submit/,
    ],
    ['writes NUL and lone surrogates', calls('{"\\u0000\\ud800":"\\ud800"}'), /not valid|only submit/],
  ])('%s: every agent abstains with the reason, nothing is made up, all is recorded', async (_, reply, reason) => {
    const warned = vi.spyOn(console, 'warn')
    const desk = openDesk(database, {
      chat: () => modelOn(reply),
      settings: { limits: { rounds: 2, maxOutputTokens: null } },
    })
    const { run, document, asked } = await desk.understand(talk())
    expect(run).toMatchObject({ status: 'partial', error: null })
    expect(document.abstentions.map(({ facet }) => facet).sort()).toEqual([...AGENT_NAMES].sort())
    for (const { facet, reason: said } of document.abstentions) {
      if (facet === 'topics') expect(said).toMatch(reason)
      expect(said).not.toMatch(/\n|sk-secret|Cannot read propert|call stack/)
    }
    expect(document).toMatchObject({ summary: null, topics: [], entities: [], suitability: [], attributes: {} })
    for (const facet of AGENT_NAMES) expect(asked).toContain(`${facet}.0.chat.0`)
    expect(warned).not.toHaveBeenCalled()
  })
})

it('arguments that are no JSON reach the agent as they are, without advice on the console', async () => {
  const warned = vi.spyOn(console, 'warn')
  const two = () =>
    completion({
      calls: [
        { id: 'a', name: 'look', arguments: '{"q":' },
        { id: 'b', name: 'look', arguments: '[' },
      ],
    })
  const { toolCalls, finish } = await modelOn(two).chat(request)
  expect(toolCalls).toEqual([
    { id: 'a', name: 'look', args: '{"q":' },
    { id: 'b', name: 'look', args: '[' },
  ])
  expect(finish).toBe('tool_calls')
  expect(warned).not.toHaveBeenCalled()
})

it('calls without a type, and null for no calls, are read as what they are', async () => {
  const answer = (message: object) => () => json({ choices: [{ message: { role: 'assistant', ...message } }] })
  const untyped = { tool_calls: [{ id: 'a', function: { name: 'look', arguments: '{"q":1}' } }] }
  expect((await modelOn(answer(untyped)).chat(request)).toolCalls).toEqual([{ id: 'a', name: 'look', args: { q: 1 } }])
  const none = await modelOn(answer({ content: 'Hello', tool_calls: null })).chat(request)
  expect(none).toMatchObject({ content: 'Hello', toolCalls: [] })
})
