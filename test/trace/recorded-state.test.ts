import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Draft, Usage } from '../../graphs/agents/agent-draft.ts'
import type { Judgement, Plan, Verification } from '../../graphs/state.ts'
import { draftsIn, findingsIn, judgementIn, plannedIn, readState } from '../../src/trace/recorded-state.ts'

const usage: Usage = {
  model: 'm',
  prompt: 'topics/v1',
  rounds: 2,
  toolCalls: 1,
  rejected: 1,
  tokens: { input: 10, cached: 0, output: 2 },
  costUsd: null,
  ms: 5,
}
const answered: Draft = { status: 'answered', labels: { facet: 'topics', labels: [] }, usage }
const abstained: Draft = { status: 'abstained', reason: 'no valid answer after 4 rounds', again: true, usage }
const finding = (by: 'verify' | 'critique') => ({
  by,
  agent: 'topics',
  pointer: '/topics/0',
  key: 'iab-content-3.1/150',
  severity: 'info' as const,
  message: `found by ${by}`,
})
const verification: Verification = {
  findings: [finding('verify')],
  counts: { verbatim: 1, drift: 0, fabricated: 0 },
  drifted: [],
}
const judgement: Judgement = {
  verdict: 'accepted',
  findings: [finding('critique')],
  revise: [],
  usage: null,
  abstained: { reason: 'no valid answer', again: true },
  fingerprint: null,
  reused: false,
}
const planned: Plan = {
  path: 'full',
  reading: 'whole',
  promptTokens: 1,
  facets: {
    topics: { action: 'run', why: 'first', fingerprint: 'f' },
    summary: { action: 'reuse', fingerprint: 'f', run: 'r', abstained: 'too short' },
    chapters: { action: 'skip', why: 'declared' },
  },
}

/** As the ledger gives a value back. */
const recorded = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

describe('recorded state', () => {
  it('is read as the graph wrote it', () => {
    const state = recorded({
      drafts: { topics: answered, entities: abstained },
      verification,
      judgement,
      planned,
    })
    expect([...draftsIn(state)]).toEqual([
      ['topics', { status: 'answered', usage }],
      ['entities', { status: 'abstained', reason: 'no valid answer after 4 rounds', again: true, usage }],
    ])
    expect(judgementIn(state)).toEqual({ usage: null, abstained: { reason: 'no valid answer', again: true } })
    expect(findingsIn(state).map(({ message }) => message)).toEqual(['found by verify', 'found by critique'])
    expect(plannedIn(state)).toEqual(
      new Map([
        ['topics', { action: 'run' }],
        ['summary', { action: 'reuse', abstained: 'too short' }],
        ['chapters', { action: 'skip' }],
      ]),
    )
  })

  it('is not there where nothing is written, or something else is', () => {
    for (const state of [undefined, null, {}, { drafts: null, judgement: null, planned: null }]) {
      expect([draftsIn(state).size, plannedIn(state).size, findingsIn(state)]).toEqual([0, 0, []])
      expect(judgementIn(state)).toBeNull()
    }
    expect(readState('text')).toBeNull()
  })

  it('keeps what can be read beside what cannot', () => {
    const state = { drafts: { topics: answered, extra: 7 }, judgement: 'odd', verification }
    expect([...draftsIn(state).keys()]).toEqual(['topics'])
    expect(findingsIn(state)).toHaveLength(1)
  })

  it('is read from any JSON without an error', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        for (const state of [value, { drafts: value, planned: value, judgement: value }])
          for (const read of [readState, draftsIn, judgementIn, findingsIn, plannedIn])
            expect(() => read(state)).not.toThrow()
      }),
    )
  })
})
