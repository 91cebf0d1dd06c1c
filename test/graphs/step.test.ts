import { describe, expect, it } from 'vitest'
import type { RunContext } from '../../graphs/context.ts'
import { type NodeFunction, step } from '../../graphs/step.ts'
import { Interrupted } from '../../src/ledger/interruptions.ts'
import { situation } from '../support/node-run.ts'

type Recorded = [step: Parameters<RunContext['recordStep']>[0], update: unknown]

/** Performs a node in the second round as the third superstep. Its clock advances by one with each look. */
function perform(node: NodeFunction, change: Partial<RunContext> = {}) {
  const recorded: Recorded[] = []
  let now = 0
  const { state, run } = situation({
    state: { round: 1 },
    run: {
      clock: () => now++,
      recordStep: async (...args) => {
        recorded.push(args)
      },
    },
  })
  const config = { context: { run: { ...run, ...change } }, metadata: { langgraph_step: 3 } }
  return { recorded, ended: step('topics', node)(state, config) }
}
const SEEN = { node: 'topics', visit: 1, superstep: 3, startedAt: 0, ms: 1 }

describe('a step', () => {
  it('is recorded with its place, its time and what it changes', async () => {
    const { recorded, ended } = perform(() => ({ round: 7 }))
    expect(await ended).toEqual({ round: 7 })
    expect(recorded).toEqual([[{ ...SEEN, error: null }, { round: 7 }]])
  })

  it('has the settings and ports of its node and round', async () => {
    const { run } = situation({ settings: { effort: 'thorough' } })
    const at: RunContext['at'] = ({ node, visit }) => ({
      ...run.at({ node, visit }),
      settings: { ...run.settings, engine: `${node}.${visit}` },
    })
    await perform(
      (_, { settings }) => {
        expect([settings.effort, settings.engine]).toEqual(['thorough', 'topics.1'])
        return {}
      },
      { at },
    ).ended
  })

  it('that fails is recorded with its error, which is thrown on', async () => {
    const broken = new TypeError('candidates is undefined')
    const { recorded, ended } = perform(() => Promise.reject(broken))
    await expect(ended).rejects.toBe(broken)
    expect(recorded).toEqual([[{ ...SEEN, error: 'TypeError: candidates is undefined' }, undefined]])
  })

  it('that fails throws its own error even if this cannot be recorded', async () => {
    const broken = new TypeError('candidates is undefined')
    const recordStep = () => Promise.reject(new Error('the disk is full'))
    await expect(perform(() => Promise.reject(broken), { recordStep }).ended).rejects.toBe(broken)
  })

  it('that is interrupted is not recorded, because it has not ended', async () => {
    const stops = new Interrupted('the process is stopping')
    const { recorded, ended } = perform(() => Promise.reject(stops))
    await expect(ended).rejects.toBe(stops)
    const controller = new AbortController()
    const closed = perform(
      () => {
        controller.abort(stops)
        throw new Error('the connection was closed')
      },
      { signal: controller.signal },
    )
    await expect(closed.ended).rejects.toThrow('the connection was closed')
    expect([...recorded, ...closed.recorded]).toEqual([])
  })

  it('does not begin in a run that was aborted, or without a run', async () => {
    const stops = new Interrupted('the process is stopping')
    await expect(perform(() => ({}), { signal: AbortSignal.abort(stops) }).ended).rejects.toBe(stops)
    await expect(step('topics', () => ({}))(situation().state, {})).rejects.toThrow('the graph runs with a context')
  })
})
