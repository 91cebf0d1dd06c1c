import { describe, expect, it } from 'vitest'
import { eventLine } from '../../../src/cli/render/render-event.ts'
import { traceTree } from '../../../src/cli/render/render-trace.ts'
import { createStyle } from '../../../src/cli/render/terminal-style.ts'
import type { ExchangeBodies, RunView, StepView } from '../../../src/cli/service/service-answers.ts'

const run: RunView = {
  id: 'r1',
  itemId: 'i1',
  status: 'partial',
  effort: 'quick',
  attempt: 2,
  createdAt: '2026-01-31T08:00:00.000Z',
  startedAt: '2026-01-31T08:00:00.000Z',
  finishedAt: '2026-01-31T08:00:02.500Z',
  error: null,
  version: 1,
  parentRunId: null,
  config: {},
  summary: null,
}

const chat = (n: number, request: unknown, response: unknown, more: Partial<ExchangeBodies> = {}): ExchangeBodies => ({
  name: `topics.0.chat.${n}`,
  kind: 'chat',
  outcome: 'ok',
  startedAt: run.createdAt,
  ms: 5,
  retries: 0,
  cost: { inputTokens: 10, cachedTokens: 4, outputTokens: 2, usd: 0.001 },
  request,
  response,
  ...more,
})

const called = (name: string, args: unknown) => ({
  content: '',
  toolCalls: [{ id: 'c', name, args }],
  finish: 'tool_calls',
  model: 'm',
  retries: [],
})
const told = (...messages: unknown[]) => ({
  messages: [{ role: 'system', content: 's' }, { role: 'assistant', content: '' }, ...messages],
})

const exchanges = [
  chat(
    0,
    {
      messages: [
        { role: 'system', content: 's' },
        { role: 'user', content: 'the task' },
      ],
    },
    { ...called('lookup_taxonomy', { query: 'bees' }), retries: [{ reason: 'rate limited', waitedMs: 1500 }] },
    { retries: 1 },
  ),
  chat(
    1,
    told({ role: 'tool', callId: 'c', name: 'lookup_taxonomy', content: '{"nodes":[]}' }),
    called('submit_topics', '{broken'),
  ),
  chat(
    2,
    told({
      role: 'tool',
      callId: 'c',
      name: 'submit_topics',
      content: '{"error":"The arguments: no JSON. Call submit_topics again."}',
    }),
    { content: 'Beekeeping, I think.', toolCalls: [], finish: 'length', retries: [] },
  ),
  chat(
    3,
    told({ role: 'user', content: 'Answer by calling submit_topics; it answered in prose.' }),
    { message: 'the endpoint does not answer' },
    { outcome: 'error', cost: null },
  ),
]
const step = (more: Partial<StepView>): StepView => ({
  name: 'topics.0',
  node: 'topics',
  visit: 0,
  superstep: 6,
  startedAt: run.createdAt,
  ms: 40,
  error: null,
  update: null,
  exchanges: [],
  ...more,
})
const steps = [
  step({ name: 'intake.0', node: 'intake', superstep: 1 }),
  step({
    exchanges,
    update: {
      drafts: {
        topics: {
          status: 'abstained',
          reason: 'no valid answer after 4 rounds',
          usage: { rounds: 4, toolCalls: 1, rejected: 2 },
        },
      },
    },
  }),
  step({ name: 'critique.1', node: 'critique', visit: 1, superstep: 9, error: 'Error: broken' }),
]

const show = (full = false, columns = 90) =>
  traceTree(run, { steps, open: [] }, new Map(exchanges.map((exchange) => [exchange.name, exchange])), {
    style: createStyle(false),
    columns,
    full,
  })

describe('a trace for people', () => {
  it('shows the run, and its steps in the order of the graph', () => {
    const text = show()
    expect(text).toContain('run r1  partial')
    expect(text).toContain('effort quick · 2.5 s · attempt 2')
    const order = ['intake', 'topics', 'critique round 1'].map((name) => text.indexOf(name))
    expect(order).toEqual([...order].sort((a, b) => a - b))
    expect(text).toContain('✗ Error: broken')
  })

  it('shows each model call with its tokens, its tool calls and their results, in that order', () => {
    const said = [
      '↻ tried again after 1.5 s: rate limited',
      '→ lookup_taxonomy {"query":"bees"}',
      '← lookup_taxonomy {"nodes":[]}',
      '→ submit_topics {broken',
    ]
    const at = said.map((line) => show().indexOf(line))
    expect(at.every((place) => place > 0)).toBe(true)
    expect(at).toEqual([...at].sort((a, b) => a - b))
    expect(show()).toContain('10 in (4 cached), 2 out · $0.00100 · 1 retry')
  })

  it('says in plain words what was rejected and why, what was cut off, and what failed', () => {
    const text = show()
    expect(text).toContain('✗ rejected: The arguments: no JSON.')
    expect(text).toContain('✗ rejected: Answer by calling submit_topics; it answered in prose.')
    expect(text).toContain('cut off at the length limit')
    expect(text).toContain('✗ failed: the endpoint does not answer')
    expect(text).toContain('abstained: no valid answer after 4 rounds')
    // The last call failed: it gave no answer that could be rejected.
    expect(text).not.toContain('no round was left')
  })

  it('shows that a critic gave only invalid answers, that each was rejected, and that it abstained', () => {
    const nowhere = { role: 'tool', callId: 'c', name: 'submit_critique', content: '{"error":"there is no claim."}' }
    const answers = [chat(0, {}, called('submit_critique', {})), chat(1, told(nowhere), called('submit_critique', {}))]
    const calls = answers.map((answer, n) => ({ ...answer, name: `critique.0.chat.${n}` }))
    const update = {
      judgement: { usage: { rejected: 2 }, abstained: { reason: 'no valid answer after 2 rounds', again: true } },
    }
    const critique = step({ name: 'critique.0', node: 'critique', update, exchanges: calls })
    const text = traceTree(run, { steps: [critique], open: [] }, new Map(calls.map((call) => [call.name, call])), {
      style: createStyle(false),
      columns: 90,
      full: false,
    })
    expect(text).toContain('abstained: no valid answer after 2 rounds')
    expect(text.split('\n').flatMap((line) => /✗.*/.exec(line) ?? [])).toEqual([
      '✗ rejected: there is no claim.',
      '✗ rejected: no round was left to mend it',
    ])
  })

  it('marks tokens that are an estimate, for a call, for its step, and while it is followed', () => {
    const cost = { inputTokens: 100, cachedTokens: 0, outputTokens: 20, usd: null, estimatedUsd: null }
    const call = chat(0, { messages: [] }, called('submit_topics', {}), { cost })
    const style = createStyle(false)
    const tree = traceTree(run, { steps: [step({ exchanges: [call, chat(1, {}, {})] })], open: [] }, new Map(), {
      style,
      columns: 90,
      full: false,
    })
    expect(tree).toContain('about 132 tokens')
    expect(tree).toContain('about 100 in, 20 out')
    expect(tree).toMatch(/· 10 in \(4 cached\), 2 out/)
    expect(eventLine('exchange', { ...call }, { style })).toContain('· about 100 in, 20 out')
  })

  it('cuts long arguments unless all of them is asked for', () => {
    const long = chat(0, {}, called('submit_topics', { text: 'x'.repeat(500) }))
    const tree = (full: boolean) =>
      traceTree(run, { steps: [step({ exchanges: [long] })], open: [] }, new Map([[long.name, long]]), {
        style: createStyle(false),
        columns: 90,
        full,
      })
    expect(tree(false)).toContain('…')
    expect(tree(true)).toContain('x'.repeat(500))
  })

  it('shows calls of a step that did not end', () => {
    const [first] = exchanges
    const text = traceTree(
      { ...run, finishedAt: null, status: 'failed', error: 'out of luck' },
      { steps: [], open: first === undefined ? [] : [first] },
      new Map(),
      { style: createStyle(false), columns: 90, full: false },
    )
    expect(text).toContain('✗ out of luck')
    expect(text).toMatch(/did not end\n +chat\.0/)
  })
})
