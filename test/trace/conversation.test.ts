import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { errorOf, turnsBefore, turnsOf } from '../../src/trace/conversation.ts'

const ok = (request: unknown, response: unknown = null) => ({ outcome: 'ok' as const, request, response })
const assistant = { role: 'assistant', content: '', toolCalls: [{ id: 'a', name: 'lookup_taxonomy', args: {} }] }

describe('what a model was told since its last answer', () => {
  it('is the results of its tools, and why its answer was sent back', () => {
    const messages = [
      { role: 'user', content: 'Which topics?' },
      assistant,
      { role: 'tool', name: 'lookup_taxonomy', content: '{"nodes":["old"]}' },
      assistant,
      { role: 'tool', name: 'lookup_taxonomy', content: '{"nodes":[]}' },
      { role: 'tool', content: { deep: 1 } },
      { role: 'tool', name: 'submit_topics', content: '{"error":"not a list"}' },
      { role: 'user', content: 'Call a tool.' },
      { role: 'system', content: 'Be brief.' },
    ]
    expect(turnsBefore(ok({ messages }))).toEqual([
      { kind: 'result', tool: 'lookup_taxonomy', text: '{"nodes":[]}' },
      { kind: 'result', tool: 'tool', text: '{"deep":1}' },
      { kind: 'rejected', reason: 'not a list' },
      { kind: 'rejected', reason: 'Call a tool.' },
    ])
  })

  it('is nothing before it has spoken: the task is no rejection', () => {
    expect(turnsBefore(ok({ messages: [{ role: 'user', content: 'Which topics?' }] }))).toEqual([])
  })
})

describe('what came back from a model', () => {
  const retries = [{ reason: 'slow', waitedMs: 5 }]

  it('is its retries, then its prose, then its calls, and that it was cut off', () => {
    const toolCalls = [
      { id: 'a', name: 'read_metadata', args: { all: true } },
      { id: 'b', name: 'submit_topics', args: '{broken' },
    ]
    expect(turnsOf(ok(null, { content: 'Looms.', toolCalls, finish: 'length', retries }))).toEqual([
      { kind: 'retried', reason: 'slow', waitedMs: 5 },
      { kind: 'said', text: 'Looms.' },
      { kind: 'called', tool: 'read_metadata', args: '{"all":true}' },
      { kind: 'called', tool: 'submit_topics', args: '{broken' },
      { kind: 'cut-off' },
    ])
    expect(turnsOf(ok(null, { content: ' \n', toolCalls: [], finish: 'stop' }))).toEqual([])
  })

  it('is its retries and why there is no answer', () => {
    expect(turnsOf({ outcome: 'error', request: null, response: { message: 'away', retries } })).toEqual([
      { kind: 'retried', reason: 'slow', waitedMs: 5 },
      { kind: 'failed', reason: 'away' },
    ])
  })
})

describe('the conversations of a trace', () => {
  it('are read from any recorded value without an error', () => {
    fc.assert(
      fc.property(fc.anything(), (odd) => {
        expect(turnsBefore(ok(odd, odd))).toEqual([])
        expect(turnsOf(ok(odd, odd))).toEqual([])
        expect(turnsOf({ outcome: 'refused', request: odd, response: odd })).toEqual([
          { kind: 'failed', reason: 'refused' },
        ])
      }),
    )
    for (const odd of [{ messages: 1 }, { messages: [null] }]) expect(turnsBefore(ok(odd))).toEqual([])
  })

  it('tell a rejection from a result: only an object with an error in words is one', () => {
    expect(errorOf('{"error":"not a list"}')).toBe('not a list')
    for (const text of ['{"error":5}', '{"errors":"x"}', '"error"', 'null', '[]', '', '{"error":'])
      expect(errorOf(text)).toBeNull()
  })
})
