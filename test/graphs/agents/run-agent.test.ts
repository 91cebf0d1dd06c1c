import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type AgentLoop, checkAnswer, runAgent } from '../../../graphs/agents/run-agent.ts'
import { Cancelled, Diverged, ExchangeFailed } from '../../../src/ledger/interruptions.ts'
import { StaleAttempt } from '../../../src/ledger/ledger-store.ts'
import { type ChatRequest, ModelError } from '../../../src/models/chat-model.ts'
import { createScriptedModel, type ScriptedAnswer } from '../../../src/models/scripted-model.ts'
import { defineTool } from '../../../tools/tool.ts'

const schema = z.strictObject({ topics: z.array(z.string()).max(2) })
const calls: unknown[] = []
const lookUp = defineTool({
  name: 'look_up',
  version: 1,
  description: 'Looks a word up.',
  schema: z.strictObject({ word: z.string() }),
  run: async ({ word }) => {
    calls.push(word)
    if (word === 'away') throw new ExchangeFailed('the embedder does not answer', 'ModelError', 'unreachable', [])
    if (word === 'bug') throw new Error('a mistake in a tool')
    return word === 'none' ? { ok: false, problem: 'There is no such word.' } : { ok: true, value: { means: word } }
  },
})

const call = (name: string, args: z.core.util.JSONType, id = 'c1') => ({ id, name, args })
const submit = (...topics: string[]) => ({ toolCalls: [call('submit_topics', { topics })] })
const look = (word: string) => ({ toolCalls: [call('look_up', { word })] })

async function run(answers: readonly ScriptedAnswer[], change: Partial<AgentLoop<z.output<typeof schema>>> = {}) {
  calls.length = 0
  const model = createScriptedModel(answers)
  const outcome = await runAgent({
    name: 'topics',
    model,
    messages: [{ role: 'user', content: 'Find topics.' }],
    task: { agent: 'topics' },
    tools: [lookUp],
    answer: schema,
    check: (args) =>
      checkAnswer(args, schema, ({ topics }) =>
        topics.includes('dragons') ? ['/topics/0: there be no dragons.'] : [],
      ),
    limits: { rounds: 4, toolCalls: 3 },
    maxOutputTokens: null,
    signal: new AbortController().signal,
    ...change,
  })
  return { outcome, model, requests: model.requests }
}

/** What the last request told the model about its answer before. */
const told = (requests: readonly ChatRequest[]) => {
  const { role, content } = requests.at(-1)?.messages.at(-1) ?? { role: '', content: '' }
  return `${role}: ${typeof content === 'string' ? content : ''}`
}

describe('the loop of all agents', () => {
  it('lets the model call tools and ends with a valid answer', async () => {
    const { outcome, requests } = await run([look('loom'), submit('weaving')])
    expect(outcome).toMatchObject({
      kind: 'answered',
      result: { topics: ['weaving'] },
      trail: { rounds: 2, toolCalls: 1, rejected: 0 },
    })
    expect(requests[0]?.tools.map(({ name }) => name)).toEqual(['look_up', 'submit_topics'])
    expect(requests[0]).toMatchObject({ toolChoice: 'auto', task: { agent: 'topics' } })
    expect(told(requests)).toBe('tool: {"means":"loom"}')
  })

  it('tells the model that arguments of its answer or of a tool are not JSON, and where they break', async () => {
    const broken = '{"topics": ["weaving"'
    const answer = await run([{ toolCalls: [call('submit_topics', broken)] }, submit('weaving')])
    expect(told(answer.requests)).toContain('The arguments are no valid JSON: they break off at the end')
    expect(told(answer.requests)).toContain('send one JSON object')
    expect(answer.outcome).toMatchObject({ kind: 'answered', trail: { rejected: 1 } })
    const tool = await run([{ toolCalls: [call('look_up', '{word: "loom"}')] }, submit('weaving')])
    expect(told(tool.requests)).toContain('The arguments are no valid JSON: at character 2')
    const never = await run([{ toolCalls: [call('submit_topics', broken)] }], { limits: { rounds: 1, toolCalls: 0 } })
    expect(never.outcome).toMatchObject({ reason: expect.stringContaining('The arguments are no valid JSON') })
  })

  it('offers schemas as plain JSON Schema', async () => {
    const { requests } = await run([submit()])
    expect(requests[0]?.tools[0]?.parameters).toEqual({
      type: 'object',
      properties: { word: { type: 'string' } },
      required: ['word'],
      additionalProperties: false,
    })
  })

  it('adds up the tokens that the endpoint reports', async () => {
    const usage = { input: 10, cached: 4, output: 2 }
    const { outcome } = await run([
      { ...look('a'), usage },
      { ...submit(), usage },
    ])
    expect(outcome.trail.tokens).toEqual({ input: 20, cached: 8, output: 4 })
  })

  it('answers each of several calls by its id', async () => {
    const { requests } = await run([
      { toolCalls: [call('look_up', { word: 'a' }, 'x'), call('nope', {}, 'y'), call('look_up', { word: 'b' }, 'z')] },
      submit(),
    ])
    const answers = requests[1]?.messages.flatMap((message) => (message.role === 'tool' ? [message.callId] : []))
    expect(answers).toEqual(['x', 'y', 'z'])
  })

  it('takes a valid answer among other calls', async () => {
    const both = { toolCalls: [call('look_up', { word: 'a' }, 'x'), call('submit_topics', { topics: ['t'] }, 'y')] }
    expect((await run([both])).outcome).toMatchObject({ kind: 'answered', result: { topics: ['t'] } })
  })
})

describe('what a model gets wrong goes back to it', () => {
  const cases: [string, ScriptedAnswer, RegExp][] = [
    ['an unknown tool', { toolCalls: [call('google', {})] }, /There is no tool \\"google\\".*look_up, submit_topics/],
    ['bad arguments', { toolCalls: [call('look_up', { wrod: 1 })] }, /\/word: .*Unrecognized key/s],
    [
      'arguments that are no JSON',
      { toolCalls: [call('look_up', '{"word": "lo')] },
      /The arguments are no valid JSON: /,
    ],
    ['what a tool says', look('none'), /There is no such word/],
    ['a tool whose far side is away', look('away'), /look_up is not available now: the embedder does not answer/],
    [
      'an answer that fails its schema',
      { toolCalls: [call('submit_topics', { topics: [1] })] },
      /\/topics\/0: .*Call submit_topics again/,
    ],
    ["an answer that fails the agent's checks", submit('dragons'), /there be no dragons/],
    [
      'prose',
      { content: 'I think it is about looms.' },
      /^user: Answer by calling submit_topics; it answered in prose/,
    ],
    ['an answer that was cut off', { content: 'I th', finish: 'length' }, /cut off at the length limit/],
    [
      'a call that was cut off',
      { toolCalls: [call('submit_topics', '{"topics": [')], finish: 'length' },
      /cut off .* shorter/,
    ],
    ['nothing, filtered', { finish: 'filtered' }, /content filter/],
  ]
  it.each(cases)('%s', async (_, wrong, message) => {
    const { outcome, requests } = await run([wrong, submit('weaving')])
    expect(told(requests)).toMatch(message)
    expect(outcome).toMatchObject({ kind: 'answered', trail: { rounds: 2, rejected: 1 } })
  })
})

describe('the bounds of the loop', () => {
  it('offers only the answer in the last round', async () => {
    const { outcome, requests } = await run([look('a'), look('b'), submit('t')], {
      limits: { rounds: 3, toolCalls: 9 },
    })
    expect(requests.map(({ toolChoice }) => toolChoice)).toEqual(['auto', 'auto', { name: 'submit_topics' }])
    expect(requests[2]?.tools.map(({ name }) => name)).toEqual(['submit_topics'])
    expect(outcome.kind).toBe('answered')
  })

  it('offers only the answer once the tool calls are used up', async () => {
    const four = { toolCalls: ['a', 'b', 'c', 'd'].map((word) => call('look_up', { word }, word)) }
    const { requests } = await run([four, submit()])
    expect(calls).toEqual(['a', 'b', 'c'])
    expect(told(requests)).toMatch(/3 allowed tool calls are used up/)
    expect(requests[1]?.toolChoice).toEqual({ name: 'submit_topics' })
  })

  it('runs no tool that was not offered', async () => {
    const { outcome } = await run([look('a')], { limits: { rounds: 1, toolCalls: 9 } })
    expect(calls).toEqual([])
    expect(outcome).toMatchObject({
      kind: 'abstained',
      reason: 'no valid answer after 1 rounds: it called look_up when only submit_topics was left',
    })
  })

  it.each<[string, ScriptedAnswer, string]>([
    ['prose', { content: 'no' }, 'it answered in prose'],
    [
      'truncation',
      { toolCalls: [call('submit_topics', '{')], finish: 'length' },
      'its answer was cut off at the length limit',
    ],
    ['a bad answer', submit('dragons'), 'its answer was not valid: /topics/0: there be no dragons.'],
  ])('abstains with the last reason: %s', async (_, wrong, reason) => {
    const { outcome } = await run([wrong, wrong], { limits: { rounds: 2, toolCalls: 9 } })
    expect(outcome).toMatchObject({
      kind: 'abstained',
      reason: `no valid answer after 2 rounds: ${reason}`,
      trail: { rounds: 2, rejected: 2 },
    })
  })

  it('passes the length limit of one answer to the model', async () => {
    expect((await run([submit()], { maxOutputTokens: 77 })).requests[0]?.maxOutputTokens).toBe(77)
  })
})

describe('a failure that cannot be mended', () => {
  it('makes the agent abstain with the reason of the model, and with the tokens used until then', async () => {
    const { outcome } = await run([look('a'), new ModelError('unreachable', 'm at http://x does not answer')])
    expect(outcome).toMatchObject({
      kind: 'abstained',
      reason: 'm at http://x does not answer',
      trail: { rounds: 1, toolCalls: 1 },
    })
  })

  it('makes the agent abstain if a tool has a fault of its own', async () => {
    expect((await run([look('bug')])).outcome).toMatchObject({ kind: 'abstained', reason: 'a mistake in a tool' })
  })

  it.each([
    new Diverged({ node: 'topics', visit: 0, kind: 'chat', n: 0, requestHash: 'sha256:x', nth: 0 }, undefined),
    new StaleAttempt('r', 1),
    new Cancelled('stop'),
    new DOMException('aborted', 'AbortError'),
  ])('is no abstention if only the run may handle it: $name', async (error) => {
    await expect(run([error])).rejects.toBe(error)
  })

  it('is no abstention once the run is aborted', async () => {
    const abort = new AbortController()
    const answer = () => {
      abort.abort()
      return new TypeError('terminated')
    }
    await expect(run([answer], { signal: abort.signal })).rejects.toThrow('terminated')
  })
})
