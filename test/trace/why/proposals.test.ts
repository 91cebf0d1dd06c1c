import { describe, expect, it } from 'vitest'
import { makingOf, type TracedLabel } from '../../../src/trace/why/proposals.ts'
import { type CallSample, runSample } from '../../recordings/run-sample.ts'

const LOOMS: TracedLabel = { facet: 'topics', fields: { key: 'iab-content-3.1/52' }, names: ['Looms', ''] }
const looms = (more: Record<string, unknown> = {}) => ({ id: '52', evidence: [{ segment: 3 }], ...more })

const candidates = (...lines: string[]) =>
  `The candidates.\n<data name=candidates>\n${lines.join('\n')}\n</data>\nThe text.`
const task = (content: unknown) => ({ role: 'user', content })
const call = (name: string, args: unknown) => ({ id: name, name, args })
const assistant = (...toolCalls: unknown[]) => ({ role: 'assistant', content: '', toolCalls })
const reply = (content: string) => ({ role: 'tool', content })
const chat = (visit: number, n: number, messages: unknown[], ...toolCalls: unknown[]): CallSample => ({
  ...{ node: 'topics', visit, n, request: { model: 'm', messages } },
  response: { content: '', toolCalls, finish: 'tool_calls' },
})
const submits = (...topics: unknown[]) => call('submit_topics', { topics })

/** `rejected` is how many answers each step counts as sent back. */
const making = (calls: CallSample[], rejected = 0) => {
  const steps = [0, 1, 2, 3].map((visit) => ({
    ...{ node: 'topics', visit, update: { drafts: { topics: { status: 'answered', usage: { rejected } } } } },
  }))
  return makingOf(LOOMS, { runId: 'r1', run: runSample(steps, calls), agent: 'topics', prompt: 'topics/v1' })
}

describe('the answer that proposed a label', () => {
  it('is the first one that was taken and holds it, with its place in the answer', () => {
    const { proposed } = making([chat(0, 0, [task('Which topics?')], submits({ id: '1' }, looms()))])
    expect(proposed).toEqual({
      run: 'r1',
      exchange: 'topics.0.chat.0',
      round: 0,
      agent: 'topics',
      model: 'm',
      prompt: 'topics/v1',
      pointer: '/topics/1',
      wrote: looms(),
      offered: null,
    })
  })

  it('is not one that was sent back', () => {
    const first = submits(looms({ evidence: [] }))
    const { proposed, seen } = making([
      chat(0, 0, [task('Which topics?')], first),
      chat(0, 1, [task('Which topics?'), assistant(first), reply('{"error":"no evidence"}')], submits(looms())),
    ])
    expect(proposed).toMatchObject({ exchange: 'topics.0.chat.1', wrote: looms() })
    expect(seen).toEqual([])
    expect(making([chat(0, 0, [task('Which topics?')], first)], 1).proposed).toBeNull()
  })

  it('is none where no answer holds the label', () => {
    const nothing = { proposed: null, seen: [], revisions: [] }
    expect(making([chat(0, 0, [task('Which topics?')], submits({ id: '1' }))])).toEqual(nothing)
    expect(making([])).toEqual(nothing)
  })

  it('may have had the label from the candidates of its prompt', () => {
    const offered = (content: unknown, ...later: unknown[]) =>
      making([chat(0, 0, [task(content), ...later], submits(looms()))]).proposed?.offered
    const text = candidates('{"id":"1","score":0.9}', 'no JSON', '{"id":"52","score":0.4}')
    expect(offered(text)).toEqual({ id: '52', score: 0.4 })
    expect(offered(candidates('{"id":"1"}'))).toBeNull()
    expect(offered('{"id":"52"}')).toBeNull()
    // What is said after the model has spoken is not its prompt.
    expect(offered('Which topics?', assistant(), task(text))).toBeNull()
  })
})

describe('what the tools had said before it', () => {
  it('is each call up to the answer, and whether its result names the label', () => {
    const [one, other] = [call('lookup_taxonomy', { query: 'Textiles' }), call('search_transcript', '{broken')]
    const { seen } = making([
      chat(0, 0, [task('Which topics?')], one, other),
      chat(
        0,
        1,
        [task('Which topics?'), assistant(one, other), reply('{"nodes":["Big LOOMS"]}'), reply('{"error":"no JSON"}')],
        submits(looms()),
      ),
      chat(1, 0, [task('Again.')], call('read_metadata', {})),
    ])
    expect(seen).toEqual([
      {
        ...{ run: 'r1', exchange: 'topics.0.chat.0', tool: 'lookup_taxonomy', arguments: { query: 'Textiles' } },
        ...{ result: { nodes: ['Big LOOMS'] }, rejected: null, names: true },
      },
      {
        ...{ run: 'r1', exchange: 'topics.0.chat.0', tool: 'search_transcript', arguments: '{broken' },
        ...{ result: null, rejected: 'no JSON', names: false },
      },
    ])
  })
})

describe('what later rounds made of it', () => {
  const rounds = (...answers: unknown[][]) =>
    making(answers.map((topics, visit) => chat(visit, 0, [task('Which topics?')], submits(...topics))))

  it('is that they kept, changed or dropped it', () => {
    const { proposed, revisions } = rounds(
      [looms()],
      [{ id: '1' }, looms()],
      [looms({ evidence: [{ segment: 4 }] })],
      [],
    )
    expect(proposed?.round).toBe(0)
    expect(revisions.map(({ round, how, exchange }) => [round, how, exchange])).toEqual([
      [1, 'kept', 'topics.1.chat.0'],
      [2, 'changed', 'topics.2.chat.0'],
      [3, 'dropped', 'topics.3.chat.0'],
    ])
    expect(revisions[1]).toMatchObject({ differences: [{ pointer: '/evidence/0/segment', was: 3, is: 4 }] })
    expect(revisions[2]).toMatchObject({ wrote: null, differences: [] })
  })

  it('is compared with the last answer that had it', () => {
    const { revisions } = rounds([looms()], [], [looms()], [looms({ note: 'x' })])
    expect(revisions.map(({ how }) => how)).toEqual(['dropped', 'kept', 'changed'])
    expect(revisions[2]?.differences).toEqual([{ pointer: '/note', is: 'x' }])
  })

  it('may be that one of them brought it in', () => {
    const { proposed, revisions } = rounds([{ id: '1' }], [looms()], [looms()])
    expect(proposed).toMatchObject({ round: 1, exchange: 'topics.1.chat.0' })
    expect(revisions).toMatchObject([
      { how: 'added', round: 1, wrote: looms() },
      { how: 'kept', round: 2 },
    ])
  })
})
