import { expect, it } from 'vitest'
import { stepNamed } from '../../src/ledger/exchange.ts'
import { downstreamOf } from '../../src/trace/downstream.ts'
import { graphShape } from '../../src/trace/graph-shape.ts'

it('what stands at a step or comes after it is told from the arrows of the graph', async () => {
  const isAtOrDownstream = downstreamOf(await graphShape())
  const is = (call: string, at: string) => isAtOrDownstream(stepNamed(call), stepNamed(at))
  expect(is('topics.0', 'topics.0')).toBe(true)
  expect(is('assemble.0', 'topics.0')).toBe(true)
  expect(is('publish.0', 'topics.0')).toBe(true)
  expect(is('entities.0', 'topics.0')).toBe(false)
  expect(is('plan.0', 'topics.0')).toBe(false)
  // A revision comes after the critique, which read what every agent had made.
  expect(is('entities.1', 'topics.0')).toBe(true)
  expect(is('topics.0', 'topics.1')).toBe(false)
  expect(is('entities.1', 'topics.1')).toBe(false)
  expect(is('critique.1', 'topics.1')).toBe(true)
  expect(is('topics.1', 'publish.0')).toBe(false)
  expect(is('topics.0', 'critique.0')).toBe(false)
  expect(is('topics.0', 'intake.0')).toBe(true)
})
