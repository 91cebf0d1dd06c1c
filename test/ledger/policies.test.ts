import { describe, expect, it } from 'vitest'
import { EXCHANGE_KINDS, type ExchangeKind } from '../../src/ledger/exchange.ts'
import {
  type Budget,
  type BudgetSpending,
  forkAt,
  live,
  liveModel,
  onlyModelLive,
  replay,
  replayNearest,
  withinBudget,
} from '../../src/ledger/policies.ts'
import { call, exchange } from './ledger-samples.ts'

const base = exchange({})

describe('policies decide what the ledger of the run cannot answer', () => {
  it.each([
    ['live', live, 'perform', 'perform'],
    ['replay', replay, 'serve', 'diverge'],
    ['replayNearest', replayNearest, 'serve', 'nearest'],
  ] as const)('%s: recorded %s, else %s', (_, policy, recorded, missing) => {
    for (const kind of EXCHANGE_KINDS) {
      expect(policy(call({ kind }), base)).toBe(recorded)
      expect(policy(call({ kind }), undefined)).toBe(missing)
    }
  })

  it('forkAt performs at its step and downstream, and replays before and beside it', () => {
    const order = ['intake', 'plan', 'topics', 'assemble']
    const policy = forkAt(
      { node: 'topics', visit: 0 },
      (one, at) =>
        one.visit > at.visit || (one.visit === at.visit && order.indexOf(one.node) >= order.indexOf(at.node)),
      ({ node }) => node !== 'plan',
    )
    expect(policy(call({ node: 'intake' }), base)).toBe('serve')
    expect(policy(call({ node: 'intake' }), undefined)).toBe('diverge')
    expect(policy(call({ node: 'topics' }), base)).toBe('perform')
    expect(policy(call({ node: 'assemble' }), base)).toBe('perform')
    expect(policy(call({ node: 'intake', visit: 1 }), base)).toBe('perform')
    // What the item was known by then stays, also in the step that goes live.
    expect(policy(call({ node: 'topics', kind: 'known' }), base)).toBe('serve')
    expect(policy(call({ node: 'topics', kind: 'known' }), undefined)).toBe('perform')
    // Of a step that was left unfinished what is there is served, and the rest is performed.
    expect(policy(call({ node: 'plan' }), base)).toBe('serve')
    expect(policy(call({ node: 'plan' }), undefined)).toBe('perform')
  })

  it('liveModel asks models anew and serves everything else that is recorded', () => {
    for (const kind of EXCHANGE_KINDS) {
      expect(liveModel(call({ kind }), base)).toBe(kind === 'chat' ? 'perform' : 'serve')
      expect(liveModel(call({ kind }), undefined)).toBe('perform')
    }
  })

  it('onlyModelLive asks models anew, and makes no other call that is not recorded', () => {
    for (const kind of EXCHANGE_KINDS) {
      expect(onlyModelLive(call({ kind }), base)).toBe(kind === 'chat' ? 'perform' : 'serve')
      expect(onlyModelLive(call({ kind }), undefined)).toBe(kind === 'chat' ? 'perform' : 'diverge')
    }
  })
})

describe('a budget', () => {
  const counted = (usd: number, tokens: number) => () => ({ usd, tokens })
  const paid: ExchangeKind[] = ['chat', 'embed', 'transcribe']
  const cases: [string, Budget, () => BudgetSpending, string][] = [
    ['below both', { usd: 1, tokens: 100 }, counted(0.99, 99), 'perform'],
    ['money spent', { usd: 1, tokens: null }, counted(1, 5), 'refuse'],
    ['tokens spent', { usd: null, tokens: 100 }, counted(0, 100), 'refuse'],
    ['no bounds', { usd: null, tokens: null }, counted(1e6, 1e9), 'perform'],
    ['of nothing', { usd: 0, tokens: null }, counted(0, 5), 'refuse'],
  ]
  it.each(cases)('%s', (_, budget, cost, verdict) => {
    for (const kind of EXCHANGE_KINDS)
      expect(withinBudget(budget, cost, live)(call({ kind }), undefined)).toBe(
        paid.includes(kind) ? verdict : 'perform',
      )
  })

  it('never refuses what is served, and never allows what diverges', () => {
    const policy = withinBudget({ usd: 0, tokens: 0 }, counted(9, 9), replay)
    expect(policy(call({}), base)).toBe('serve')
    expect(policy(call({}), undefined)).toBe('diverge')
  })
})
