import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DecisionAction } from '../../../src/content/decision-action.ts'
import { InvalidDecision } from '../../../src/content/invalid-decision.ts'
import type { Database } from '../../../src/database/engine/connection.ts'
import { openMemory } from '../../database/open-memory.ts'
import { cast, openDesk, type Part, submits } from '../../support/desk.ts'
import { talk } from '../../support/talk.ts'

let database: Database
beforeAll(async () => {
  database = await openMemory()
})
afterAll(() => database.close())

const CRIME = 'crime-harmful-acts'
const DEATH = 'death-injury-military-conflict'
const category = (name: string, prevalence = 'passing') => ({
  category: name,
  prevalence,
  treatment: 'documentary',
  evidence: [{ segment: 2, quote: 'they burned several of the new looms in the public square' }],
})
const suitability =
  (...names: string[]): Part =>
  () =>
    submits('suitability', { categories: names.map((name) => category(name)) })
/** Objects to the first suitability label, whatever it is. */
const strict: Part = () =>
  submits('critique', {
    findings: [
      {
        agent: 'suitability',
        pointer: '/suitability/0',
        severity: 'contest',
        message: 'A riot of 1800: is this a risk?',
      },
    ],
  })

function open(parts: Record<string, Part> = {}) {
  const stage = cast({ suitability: suitability(CRIME, DEATH), critique: strict, ...parts })
  const desk = openDesk(database, { chat: stage.model })
  const decide = async (action: DecisionAction, value: unknown = null) => {
    const [review] = (await desk.repositories.reviews.list({ status: 'open' }, {})).entries
    if (review === undefined) throw new Error('no review is open')
    const decided = await desk.runs.decide(review.id, { action, value, note: null, by: 'editor', at: 1 })
    if (!decided?.run) throw new Error('no run follows')
    await desk.runs.wait(decided.run.id)
    const document = await desk.repositories.understandings.current('looms')
    return { review, run: decided.run, document, steps: (await desk.repositories.trace.load(decided.run.id)).steps }
  }
  return {
    desk,
    stage,
    decide,
    open: async () => (await desk.repositories.reviews.list({ status: 'open' }, {})).entries,
  }
}

describe('a contested label that matters', () => {
  it('is withheld, is marked as awaiting review, and is asked about with its words and findings', async () => {
    const { desk, open: reviews } = open()
    const { document, run } = await desk.understand(talk(), { effort: 'thorough' })
    expect(run.status).toBe('partial')
    expect(document.suitability.map(({ category }) => category)).toEqual([DEATH])
    expect(document.abstentions).toEqual([
      {
        facet: 'suitability',
        reason: expect.stringMatching(/^awaiting review: Crime/),
        withheld: { category: CRIME, name: expect.stringMatching(/^Crime/), risk: 'low' },
      },
    ])
    expect(document.critique.verdict).toBe('contested')
    expect(await reviews()).toMatchObject([
      {
        facet: 'suitability',
        key: CRIME,
        version: 1,
        runId: run.id,
        question: {
          title: 'Looms and numbers',
          findings: [{ message: 'A riot of 1800: is this a risk?' }],
          evidence: [{ quote: 'they burned several of the new looms in the public square', segment: 2 }],
        },
      },
    ])
  })
})

describe('a decision', () => {
  it("to approve makes the label a person's in the next version; all facets are reused and no model is asked", async () => {
    const { desk, stage, decide, open: reviews } = open()
    const first = await desk.understand(talk(), { effort: 'thorough' })
    const asked = stage.asked.length
    const { document, run, steps } = await decide('approve')
    expect(stage.asked).toHaveLength(asked)
    expect(steps.map(({ node }) => node)).not.toContain('suitability')
    expect(run.parentRunId).toBe(first.run.id)
    expect(document).toMatchObject({ version: 2, status: 'complete', abstentions: [] })
    expect(document?.suitability.find(({ category }) => category === CRIME)).toMatchObject({
      origin: 'person',
      contested: false,
      risk: 'low',
      evidence: [{ segment: 2 }],
    })
    expect(await reviews()).toEqual([])
  })

  it('to reject keeps the label out, and its findings are not taken for those of another label', async () => {
    const { desk, decide, open: reviews } = open()
    await desk.understand(talk(), { effort: 'thorough' })
    const { document } = await decide('reject')
    expect(document).toMatchObject({ version: 2, status: 'complete' })
    expect(document?.suitability.map(({ category, contested }) => ({ category, contested }))).toEqual([
      { category: DEATH, contested: false },
    ])
    expect(await reviews()).toEqual([])
  })

  it('to amend changes what the person changed, and the risk follows', async () => {
    const { desk, decide } = open()
    await desk.understand(talk(), { effort: 'thorough' })
    const { document } = await decide('amend', { prevalence: 'dominant', treatment: 'glamorising' })
    expect(document?.suitability.find(({ category }) => category === CRIME)).toMatchObject({
      prevalence: 'dominant',
      treatment: 'glamorising',
      risk: 'floor',
      origin: 'person',
      evidence: [{ segment: 2, quote: 'they burned several of the new looms in the public square' }],
    })
  })

  it('to amend a label to something that is no label decides nothing and says what is wrong', async () => {
    const { desk, decide, open: reviews } = open()
    await desk.understand(talk(), { effort: 'thorough' })
    await expect(decide('amend', { prevalence: 'everywhere' })).rejects.toThrow(
      'value.prevalence: must be one of passing, recurring, dominant',
    )
    for (const value of [{ category: DEATH }, { name: 'Totally safe' }, { score: 1 }, { refs: [] }, { risk: null }])
      await expect(decide('amend', value)).rejects.toThrow(InvalidDecision)
    await expect(decide('amend', 'low')).rejects.toThrow(/an object with the fields to change/)
    expect(await reviews()).toHaveLength(1)
  })

  it('lasts if the item changes, also if no agent proposes the label any more', async () => {
    const {
      desk,
      stage,
      decide,
      open: reviews,
    } = open({
      suitability: (_, times) => submits('suitability', { categories: times === 0 ? [category(CRIME)] : [] }),
    })
    await desk.understand(talk(), { effort: 'thorough' })
    await decide('approve')
    const { document, run } = await desk.understand(talk({ title: 'Riots and looms' }), { effort: 'thorough' })
    expect(stage.asked.filter(({ agent }) => agent === 'suitability')).toHaveLength(2)
    expect(run.version).toBe(3)
    expect(document.suitability).toMatchObject([{ category: CRIME, origin: 'person', evidence: [{ segment: 2 }] }])
    expect(await reviews()).toEqual([])
  })

  it('changes nothing and starts nothing if it is the second one; an unknown review is not found', async () => {
    const { desk, decide } = open()
    await desk.understand(talk(), { effort: 'thorough' })
    const { review } = await decide('approve')
    const again = await desk.runs.decide(review.id, { action: 'reject', value: null, note: null, by: 'x', at: 2 })
    expect(again).toMatchObject({ already: true, run: null, review: { decision: { action: 'approve' } } })
    expect(await desk.runs.decide('nope', { action: 'reject', value: null, note: null, by: 'x', at: 2 })).toBeNull()
  })
})
