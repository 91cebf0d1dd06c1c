import { awaitAllCallbacks } from '@langchain/core/callbacks/promises'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createOpenAiChat, type OpenAiChatOptions } from '../../../src/models/openai/openai-chat.ts'
import { chatModelContract, request } from '../../contracts/chat-model.ts'
import { completion, failure, hangs, json, refused, type WireReply, wire } from '../../wire/openai.ts'

const called = () => completion({ calls: [{ name: 'submit_topics', arguments: '{"ids":["1"]}' }] })

function open(replies: WireReply[], options: Partial<OpenAiChatOptions> = {}) {
  const far = wire(...replies)
  const waits: number[] = []
  const model = createOpenAiChat({
    baseUrl: 'http://models.example/v1/',
    apiKey: 'sk-secret',
    model: 'tiny',
    fetch: far.fetch,
    random: () => 0.5,
    sleep: async (ms) => void waits.push(ms),
    ...options,
  })
  return { model, waits, requests: far.requests }
}

chatModelContract('openai', () => open([called()]).model)

afterEach(() => vi.unstubAllEnvs())

describe('createOpenAiChat', () => {
  it('sends messages, tools and tool choice, and nothing of its own', async () => {
    const { model, requests } = open([called()])
    await model.chat({ ...request, maxOutputTokens: 60, task: { secret: 'for other engines' } })
    expect(requests).toEqual([
      {
        url: 'http://models.example/v1/chat/completions',
        headers: { accept: 'application/json', 'content-type': 'application/json', authorization: 'Bearer sk-secret' },
        body: {
          model: 'tiny',
          max_tokens: 60,
          stream: false,
          messages: [
            { role: 'system', content: 'You label talks.' },
            { role: 'user', content: 'Which topics?' },
          ],
          tools: [{ type: 'function', function: request.tools[0] }],
          tool_choice: 'required',
        },
      },
    ])
  })

  it('sends a history of calls and results, a named tool, and images', async () => {
    const { model, requests } = open([called()])
    await model.chat({
      ...request,
      toolChoice: { name: 'submit_topics' },
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'See' },
            { type: 'image', url: 'https://x.example/a.png' },
          ],
        },
        { role: 'assistant', content: '', toolCalls: [{ id: 'c1', name: 'submit_topics', args: '{"ids":' }] },
        { role: 'tool', callId: 'c1', name: 'submit_topics', content: 'args is no JSON' },
      ],
    })
    expect(requests[0]?.body).toMatchObject({
      tool_choice: { type: 'function', function: { name: 'submit_topics' } },
      messages: [
        {
          content: [
            { type: 'text', text: 'See' },
            { type: 'image_url', image_url: { url: 'https://x.example/a.png' } },
          ],
        },
        { tool_calls: [{ id: 'c1', function: { arguments: '{"malformed_arguments":"{\\"ids\\":"}' } }] },
        { role: 'tool', tool_call_id: 'c1', content: 'args is no JSON' },
      ],
    })
  })

  it('reads usage, cached tokens and the model that answered', async () => {
    const answer = await open([called()]).model.chat(request)
    expect(answer).toMatchObject({
      usage: { input: 105, cached: 64, output: 20 },
      model: 'tiny-2026-01-01',
      retries: [],
    })
  })

  it.each([
    ['no usage', null],
    ['zeros', { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 }],
  ])('estimates the tokens where the endpoint reports %s, and marks the estimate', async (_, usage) => {
    const answer = (content: string) => completion({ content, usage: usage ?? {} })
    const [short, long] = [
      await open([answer('Weaving')]).model.chat(request),
      await open([answer('Weaving '.repeat(50))]).model.chat(request),
    ]
    expect(short?.usage).toEqual({ input: expect.any(Number), cached: 0, output: 2, estimated: true })
    expect(long?.usage.output).toBeGreaterThanOrEqual(100)
    // The tools are sent along with every request.
    const bare = await open([answer('Weaving')]).model.chat({ ...request, tools: [] })
    expect(bare.usage.input).toBeGreaterThan(5)
    expect(short?.usage.input).toBeGreaterThan(bare.usage.input)
  })

  it('keeps malformed arguments as the model wrote them', async () => {
    const reply = completion({ calls: [{ name: 'submit_topics', arguments: '{"ids": ["1"' }] })
    expect((await open([reply]).model.chat(request)).toolCalls[0]?.args).toBe('{"ids": ["1"')
  })

  it.each([
    ['length', 'length'],
    ['content_filter', 'filtered'],
    ['stop', 'stop'],
    ['odd', 'other'],
  ])('returns an answer that finished by %s as %s', async (finish, expected) => {
    const answer = await open([completion({ content: 'Half a sen', finish })]).model.chat({ ...request, tools: [] })
    expect(answer).toMatchObject({ content: 'Half a sen', finish: expected })
  })

  it('waits as Retry-After says, backs off after server errors and broken connections, and shows each', async () => {
    const replies = [failure(429, 'Slow down', { 'retry-after': '7' }), failure(503, 'Busy'), refused(), called()]
    const { model, waits } = open(replies)
    const answer = await model.chat(request)
    expect(waits).toEqual([7000, 500, 1000])
    expect(answer.retries).toEqual([
      { reason: 'rate_limited: 429 Slow down', waitedMs: 7000 },
      { reason: 'server: 503 Busy', waitedMs: 500 },
      { reason: expect.stringContaining('unreachable'), waitedMs: 1000 },
    ])
  })

  it('does not wait longer than it is allowed to', async () => {
    const { model, waits } = open([failure(429, 'Tomorrow', { 'retry-after': '86400' })])
    await expect(model.chat(request)).rejects.toMatchObject({ kind: 'rate_limited' })
    expect(waits).toEqual([])
  })

  it.each([
    [400, 'bad_request', /model's name/],
    [401, 'unauthorised', /Check OPENAI_API_KEY/],
    [403, 'unauthorised', /Check OPENAI_API_KEY/],
    [404, 'bad_request', /OPENAI_BASE_URL/],
  ])('does not try again after %i, and says what to do', async (status, kind, advice) => {
    const { model, requests } = open([failure(status, 'No such luck: sk-secret')])
    const error = await model.chat(request).catch((e: unknown) => e)
    expect(error).toMatchObject({ name: 'ModelError', kind, message: expect.stringMatching(advice) })
    expect(String(error)).toMatch(/tiny at http:\/\/models\.example\/v1.*No such luck/)
    expect(String(error)).not.toContain('sk-secret')
    expect(String(error)).not.toContain('\n')
    expect(requests).toHaveLength(1)
  })

  const overflow = (code: string | null) =>
    json(
      {
        error: {
          message: "This model's maximum context length is 8192 tokens. However, you requested 9000 tokens.",
          type: 'invalid_request_error',
          param: 'messages',
          code,
        },
      },
      400,
    )

  it.each(['context_length_exceeded', null])(
    'says what to lower where a request is too long (code %s)',
    async (code) => {
      const error = await open([overflow(code)])
        .model.chat(request)
        .catch((e: unknown) => String(e))
      expect(error).toContain("This model's maximum context length is 8192 tokens.")
      expect(error).toMatch(/Lower LINERNOTES_MODEL_CONTEXT to what fits into the model\.$/)
    },
  )

  it.each([
    ['x', 'maximum context length of x is exceeded', 'maximum context length of x is exceeded'],
    ['x', 'Bearer x was refused: key "x" exists not', 'Bearer … was refused: key "…" exists not'],
    [
      'none',
      "Incorrect API key provided: none. There is none like 'none'",
      "Incorrect API key provided: …. There is none like '…'",
    ],
    ['a-b(/', 'token=a-b(/ and a-b(/c', 'token=… and a-b(/c'],
    ['sk-secret', 'mysk-secrets', 'my…s'],
  ])('hides the key %s where it stands as one, and nowhere in words: %s', async (apiKey, message, shown) => {
    const { model } = open([failure(401, message)], { apiKey })
    const error = await model.chat(request).catch((e: unknown) => String(e))
    expect(error).toContain(`(401 ${shown})`)
  })

  it('gives up after its retries, with each of them', async () => {
    const { model, requests } = open([() => failure(500, 'Broken')], { maxRetries: 2 })
    await expect(model.chat(request)).rejects.toMatchObject({
      kind: 'server',
      message: expect.stringContaining('after 3 tries'),
      retries: [{}, {}].map(() => expect.objectContaining({ reason: 'server: 500 Broken' })),
    })
    expect(requests).toHaveLength(3)
  })

  it('ends an attempt that takes too long, and tries again', async () => {
    const { model } = open([hangs, called()], { timeoutMs: 20 })
    expect((await model.chat(request)).retries).toMatchObject([{ reason: expect.stringContaining('20 ms') }])
  })

  it.each([
    ['a page of a proxy', () => new Response('<html>Hello</html>', { headers: { 'content-type': 'text/html' } })],
    ['broken JSON', () => new Response('{"choices": [', { headers: { 'content-type': 'application/json' } })],
    ['no choices', () => json({ id: 'x', choices: [] })],
  ])('calls %s malformed', async (_, reply) => {
    await expect(open([reply]).model.chat(request)).rejects.toMatchObject({ name: 'ModelError', kind: 'malformed' })
  })

  it('aborts a call and a wait at once with the reason', async () => {
    const reason = new Error('cancelled')
    const calling = new AbortController()
    const call = open([hangs]).model.chat(request, { signal: calling.signal })
    calling.abort(reason)
    await expect(call).rejects.toBe(reason)

    const waiting = new AbortController()
    const far = wire(() => failure(429, 'Slow down', { 'retry-after': '50' }))
    const model = createOpenAiChat({
      baseUrl: 'http://models.example/v1',
      model: 'tiny',
      fetch: (...args) => far.fetch(...args).finally(() => setTimeout(() => waiting.abort(reason), 5)),
    })
    await expect(model.chat(request, { signal: waiting.signal })).rejects.toBe(reason)
  })

  it('keeps to its concurrency; who aborts in the queue never calls', async () => {
    let running = 0
    let most = 0
    const { model, requests } = open(
      [
        async () => {
          running += 1
          most = Math.max(most, running)
          await new Promise(setImmediate)
          running -= 1
          return called()
        },
      ],
      { concurrency: 2 },
    )
    const controller = new AbortController()
    const calls = Array.from({ length: 5 }, () => model.chat(request))
    const last = model.chat(request, { signal: controller.signal })
    controller.abort(new Error('gone'))
    await expect(last).rejects.toThrow('gone')
    await Promise.all(calls)
    expect(most).toBe(2)
    expect(requests).toHaveLength(5)
  })

  it('goes where it is told, whatever the environment says, and posts nothing to a tracer', async () => {
    const outside = vi.spyOn(globalThis, 'fetch').mockImplementation(async () => json({}))
    for (const name of ['OPENAI_BASE_URL', 'OPENAI_API_BASE', 'LANGSMITH_ENDPOINT', 'LANGSMITH_GATEWAY_URL']) {
      vi.stubEnv(name, 'http://elsewhere.example/v1')
    }
    for (const name of ['LANGSMITH_TRACING', 'LANGSMITH_TRACING_V2', 'LANGCHAIN_TRACING_V2', 'LANGSMITH_GATEWAY']) {
      vi.stubEnv(name, 'true')
    }
    for (const name of [
      'OPENAI_API_KEY',
      'OPENAI_ORGANIZATION',
      'OPENAI_ORG_ID',
      'OPENAI_PROJECT_ID',
      'LANGSMITH_API_KEY',
    ]) {
      vi.stubEnv(name, 'from-the-environment')
    }
    vi.stubEnv('OPENAI_CUSTOM_HEADERS', 'x-evil: from-the-environment')
    const { model, requests } = open([called()])
    await model.chat(request)
    await awaitAllCallbacks()
    expect(requests.map(({ url }) => url)).toEqual(['http://models.example/v1/chat/completions'])
    expect(JSON.stringify(requests)).not.toContain('from-the-environment')
    expect(outside).not.toHaveBeenCalled()
    outside.mockRestore()
  })
})
