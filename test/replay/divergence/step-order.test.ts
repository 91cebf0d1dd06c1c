import { expect, it } from 'vitest'
import { stepOrder } from '../../../src/replay/divergence/step-order.ts'

const step = (node: string, superstep: number) => ({
  node,
  visit: 0,
  superstep,
  startedAt: 0,
  ms: 0,
  error: null,
  update: null,
})

it('steps that the recording does not have stand in their order, between those that it has', () => {
  const recorded = [step('intake', 1), step('segment', 2), step('publish', 3)]
  const executed = [
    step('intake', 1),
    step('segment', 2),
    step('plan', 3),
    step('neighbours', 4),
    step('assemble', 5),
    step('publish', 6),
  ]
  const { superstepOf } = stepOrder(recorded, { steps: executed, stopped: false })
  const order = executed.map(({ node }) => node)
  const sorted = [...order].sort().sort((a, b) => superstepOf(`${a}.0`) - superstepOf(`${b}.0`))
  expect(sorted).toEqual(order)
})
