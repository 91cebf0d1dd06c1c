import { describe, expect, it } from 'vitest'
import { stepName } from '../../src/ledger/exchange.ts'
import { stepState, stepStates } from '../../src/trace/step-states.ts'
import { runSample } from '../recordings/run-sample.ts'

const draft = (labels: string[]) => ({ status: 'answered', labels })
const run = runSample([
  { node: 'intake', update: { round: 0, notes: ['one'], texts: { title: { hash: 'a' } } } },
  { node: 'topics', superstep: 2, update: { drafts: { topics: draft(['Looms']) }, notes: ['two'] } },
  { node: 'entities', superstep: 2, update: { drafts: { entities: draft([]) }, notes: ['three'] } },
  { node: 'revise', superstep: 3, update: { round: 1 } },
  { node: 'topics', visit: 1, superstep: 4, update: { drafts: { topics: draft(['Cards']) } } },
])
const states = new Map(stepStates(run).map((state) => [stepName(state.step), state]))

describe('the state around the steps of a run', () => {
  it('begins as every run does', () => {
    expect(states.get('intake.0')?.before).toMatchObject({ round: 0, drafts: {}, notes: [], published: null })
  })

  it('is the same before steps that ran together; each leaves only what it changed itself', () => {
    const [topics, entities] = [states.get('topics.0'), states.get('entities.0')]
    expect(topics?.before).toEqual(entities?.before)
    expect(topics?.after).toMatchObject({ drafts: { topics: draft(['Looms']) }, notes: ['one', 'two'] })
    expect(entities?.after).toMatchObject({ drafts: { entities: draft([]) }, notes: ['one', 'three'] })
    expect(Object.keys(Object(topics?.after.drafts))).toEqual(['topics'])
  })

  it('holds afterwards what all of them changed, as the graph puts it together', () => {
    expect(states.get('revise.0')?.before).toMatchObject({
      drafts: { topics: draft(['Looms']), entities: draft([]) },
      notes: ['one', 'two', 'three'],
    })
    expect(states.get('topics.1')?.before).toMatchObject({ round: 1 })
    expect(states.get('topics.1')?.after.drafts).toEqual({ topics: draft(['Cards']), entities: draft([]) })
  })

  it('is unchanged by a step that failed', () => {
    const failed = stepState(runSample([{ node: 'plan', error: 'Error: broken' }]), 'plan.0')
    expect(failed?.update).toBeNull()
    expect(failed?.after).toEqual(failed?.before)
  })

  it("takes what today's graph does not know as it is", () => {
    const old = runSample([
      { node: 'a', update: { mood: 'calm' } },
      { node: 'b', update: { mood: 'glad' } },
    ])
    expect(stepState(old, 'b.0')).toMatchObject({ before: { mood: 'calm' }, after: { mood: 'glad' } })
  })

  it('is found by the name of a step, and none is found by another name', () => {
    expect(stepState(run, 'topics.1')?.step).toMatchObject({ node: 'topics', visit: 1 })
    expect(stepState(run, 'topics.2')).toBeNull()
  })
})
