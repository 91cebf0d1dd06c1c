import { END } from '@langchain/langgraph'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AGENT_NAMES } from '../../../graphs/agents/registry.ts'
import { afterCritique, afterIntake, afterNeighbours, afterRevise, revise } from '../../../graphs/nodes/next-nodes.ts'
import type { FacetPlan, Judgement } from '../../../graphs/state.ts'
import { situation } from '../../support/node-run.ts'

const { state, run } = situation()

describe('the next nodes', () => {
  it('after intake are none if nothing has changed', () => {
    expect(afterIntake({ ...state, outcome: 'unchanged' })).toBe(END)
    expect(afterIntake(state)).toBe('transcript')
  })

  it('after neighbours are exactly the agents that are planned to run, and without any of them assemble', () => {
    const plans: FacetPlan[] = [
      { action: 'run', why: 'changed', fingerprint: 'f' },
      { action: 'reuse', fingerprint: 'f', run: 'earlier' },
      { action: 'skip', why: 'there is no text to read' },
    ]
    const planOfEach = fc.record(Object.fromEntries(AGENT_NAMES.map((name) => [name, fc.constantFrom(...plans)])))
    fc.assert(
      fc.property(planOfEach, (facets) => {
        const planned = { path: 'full' as const, reading: 'whole' as const, promptTokens: 1, facets }
        const running = AGENT_NAMES.filter((name) => facets[name]?.action === 'run')
        expect(afterNeighbours({ ...state, planned })).toEqual(running.length === 0 ? ['assemble'] : running)
      }),
    )
    expect(afterNeighbours(state)).toEqual(['assemble'])
  })

  it('after the critique are a revision if the verdict asks for it, else publication', () => {
    const judgement = (verdict: Judgement['verdict']): Judgement => ({
      verdict,
      findings: [],
      revise: ['topics'],
      usage: null,
      fingerprint: null,
      reused: false,
    })
    expect(afterCritique({ ...state, judgement: judgement('revise') })).toBe('revise')
    for (const verdict of ['accepted', 'contested', 'skipped'] as const)
      expect(afterCritique({ ...state, judgement: judgement(verdict) })).toBe('publish')
    expect(afterCritique(state)).toBe('publish')
    expect(afterRevise({ ...state, judgement: judgement('revise') })).toEqual(['topics'])
  })
})

it('a revision opens the next round', async () => {
  expect(await revise({ ...state, round: 1 }, run)).toEqual({ round: 2 })
})
