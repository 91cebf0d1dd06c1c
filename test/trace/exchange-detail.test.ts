import { describe, expect, it } from 'vitest'
import { sha256 } from '../../src/content/text/hash.ts'
import type { Exchange, ExchangeKind, Step } from '../../src/ledger/exchange.ts'
import type { RecordedRun } from '../../src/ledger/recorded-run.ts'
import { exchangeDetail, openCalls, stepNames } from '../../src/trace/exchange-detail.ts'

const blobs = new Map(['"asked"', '"answered"'].map((text) => [sha256(text), text]))
const call = (node: string, kind: ExchangeKind, n: number, response = '"answered"'): Exchange => ({
  node,
  visit: 0,
  kind,
  n,
  nth: 0,
  requestHash: sha256('"asked"'),
  request: sha256('"asked"'),
  response: sha256(response),
  outcome: 'ok',
  startedAt: 0,
  ms: 1,
  cost: null,
  retries: 0,
})
const step = (node: string): Step => ({ node, visit: 0, superstep: 1, startedAt: 0, ms: 1, update: null, error: null })

const run: RecordedRun = {
  steps: [step('intake'), step('topics')],
  exchanges: [
    call('intake', 'known', 0),
    call('topics', 'chat', 0),
    call('topics', 'chat', 1, '"deleted"'),
    call('summary', 'chat', 0),
  ],
  blob: (hash) => blobs.get(hash),
}
const named = (exchange: Exchange | undefined) => exchange && `${exchange.node}.${exchange.kind}.${exchange.n}`

describe('a call by its name', () => {
  it('has what was asked and answered, and the calls around it in the ledger', () => {
    const detail = exchangeDetail(run, 'topics.0.chat.0')
    expect(detail).toMatchObject({ request: 'asked', response: 'answered' })
    expect([detail?.before, detail?.exchange, detail?.after].map(named)).toEqual([
      'intake.known.0',
      'topics.chat.0',
      'topics.chat.1',
    ])
  })

  it('has nothing around it at the ends of the ledger', () => {
    expect(exchangeDetail(run, 'intake.0.known.0')?.before).toBeUndefined()
    expect(exchangeDetail(run, 'summary.0.chat.0')?.after).toBeUndefined()
  })

  it('lacks only the body that was deleted', () => {
    expect(exchangeDetail(run, 'topics.0.chat.1')).toMatchObject({ request: 'asked', response: undefined })
  })

  it('is null where the run made no such call', () => {
    for (const name of ['topics.0.chat.2', 'topics.1.chat.0', 'topics.0', ''])
      expect(exchangeDetail(run, name)).toBeNull()
  })
})

it('calls are open as long as their step has not ended', () => {
  expect(openCalls(run).map(named)).toEqual(['summary.chat.0'])
  expect(openCalls({ ...run, steps: [...run.steps, step('summary')] })).toEqual([])
})

it('all steps that have something recorded are named once, also those without calls and those that did not end', () => {
  expect(stepNames({ ...run, steps: [...run.steps, step('plan')] })).toEqual([
    'intake.0',
    'topics.0',
    'plan.0',
    'summary.0',
  ])
})
