import { describe, expect, it } from 'vitest'
import { lastWasRejected, stepOutcome } from '../../src/trace/step-outcome.ts'

const usage = { rounds: 2, toolCalls: 0, rejected: 2 }
const drafted = (draft: Record<string, unknown>) => ({ drafts: { topics: draft } })

describe('how the conversation of a step ended', () => {
  it('is said by the draft of its agent', () => {
    expect(stepOutcome('topics', drafted({ status: 'answered', usage }))).toEqual({
      abstained: null,
      again: false,
      rejected: 2,
    })
    expect(stepOutcome('topics', drafted({ status: 'abstained', reason: 'away', again: true }))).toEqual({
      abstained: 'away',
      again: true,
      rejected: 0,
    })
    expect(stepOutcome('topics', drafted({ status: 'abstained', reason: 'away' }))?.again).toBe(false)
    expect(stepOutcome('topics', drafted({ status: 'answered', again: true }))?.again).toBe(false)
  })

  it("is said by the critic's judgement, as the critic makes no labels", () => {
    expect(stepOutcome('critique', { judgement: { abstained: { reason: 'mute', again: true }, usage } })).toEqual({
      abstained: 'mute',
      again: true,
      rejected: 2,
    })
    expect(stepOutcome('critique', { judgement: { usage: null } })).toEqual({
      abstained: null,
      again: false,
      rejected: 0,
    })
  })

  it("is none for a step without a conversation, for another agent's draft, and for what cannot be read", () => {
    expect(stepOutcome('plan', { planned: { facets: {} } })).toBeNull()
    expect(stepOutcome('entities', drafted({ status: 'answered', usage }))).toBeNull()
    for (const odd of [undefined, null, 3, [], { drafts: 1 }]) expect(stepOutcome('topics', odd)).toBeNull()
  })
})

it('the last answer was rejected if more were rejected in this visit than the model was told', () => {
  const outcome = (rejected: number) => ({ abstained: null, again: false, rejected })
  expect(lastWasRejected(outcome(2), null, 2)).toBe(false)
  expect(lastWasRejected(outcome(2), null, 1)).toBe(true)
  expect(lastWasRejected(outcome(2), outcome(1), 1)).toBe(false)
  expect(lastWasRejected(outcome(3), outcome(1), 1)).toBe(true)
})
