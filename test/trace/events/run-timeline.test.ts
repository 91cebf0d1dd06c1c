import { describe, expect, it } from 'vitest'
import type { RunEvent } from '../../../src/trace/events/run-event.ts'
import { type OpenStep, timeline } from '../../../src/trace/events/run-timeline.ts'
import { type CallSample, runSample, type StepSample } from '../../recordings/run-sample.ts'

function nameOf(event: RunEvent): string {
  switch (event.type) {
    case 'step':
      return `${event.name} ${event.state}`
    case 'exchange':
      return `${event.name} ${event.how}`
    case 'rejected':
      return `${event.exchange} rejected: ${event.reason}`
    default:
      return event.type
  }
}
const told = (steps: readonly StepSample[], calls: readonly CallSample[] = [], open: readonly OpenStep[] = []) =>
  timeline({ createdAt: 100 }, runSample(steps, calls), open)
const names = (...run: Parameters<typeof told>) => told(...run).flatMap(({ events }) => events.map(nameOf))

const opened = (node: string, superstep: number, startedAt: number): OpenStep => ({
  ...{ node, visit: 0, name: `${node}.0`, superstep, startedAt },
})

describe('the events of a run that its ledger holds', () => {
  it('come superstep by superstep, and by time within one', () => {
    const steps = [
      { node: 'plan', startedAt: 110, ms: 10 },
      { node: 'topics', superstep: 2, startedAt: 120, ms: 50 },
      { node: 'entities', superstep: 2, startedAt: 121, ms: 20 },
      // Its clock was set back.
      { node: 'assemble', superstep: 3, startedAt: 90, ms: 1 },
    ]
    const calls = [{ node: 'topics', startedAt: 125, ms: 20 }]
    expect(names(steps, calls)).toEqual([
      'plan.0 started',
      'plan.0 ended',
      'topics.0 started',
      'entities.0 started',
      'entities.0 ended',
      'topics.0.chat.0 performed',
      'topics.0 ended',
      'assemble.0 started',
      'assemble.0 ended',
    ])
  })

  it('keep the order of writing within a step, whatever the times say, and have places that stay the same', () => {
    const steps = [{ node: 'topics', startedAt: 120, ms: 1 }]
    const calls = [
      { node: 'topics', n: 0, startedAt: 200, ms: 20 },
      { node: 'topics', n: 1, startedAt: 130, ms: 1 },
    ]
    expect(names(steps, calls)).toEqual([
      'topics.0 started',
      'topics.0.chat.0 performed',
      'topics.0.chat.1 performed',
      'topics.0 ended',
    ])
    const places = (all: ReturnType<typeof told>) => all.map(({ position }) => position)
    const ended = places(told(steps, calls))
    expect(ended.map(({ n }) => n)).toEqual([0, 1, 2, '*'])
    expect(places(told([], calls, [opened('topics', 1, 120)]))).toEqual(ended.slice(0, 3))
  })

  it('tell a call with the rejections of the answer before it, which its request reports', () => {
    const assistant = { role: 'assistant', content: '' }
    const request = { messages: [assistant, { role: 'tool', content: '{"error":"not a list"}' }] }
    const calls = [
      { node: 'topics', n: 0, startedAt: 120, request },
      { node: 'topics', n: 1, startedAt: 130, request },
    ]
    expect(names([{ node: 'topics', startedAt: 110, ms: 90 }], calls)).toEqual([
      'topics.0 started',
      'topics.0.chat.0 performed',
      'topics.0.chat.0 rejected: not a list',
      'topics.0.chat.1 performed',
      'topics.0 ended',
    ])
  })

  it('tell calls that are older than the run as served', () => {
    const calls = [
      { node: 'topics', n: 0, startedAt: 99 },
      { node: 'topics', n: 1, startedAt: 100 },
    ]
    expect(names([], calls, [opened('topics', 1, 90)]).slice(1)).toEqual([
      'topics.0.chat.0 served',
      'topics.0.chat.1 performed',
    ])
  })

  it('say how a step ended', () => {
    const update = { drafts: { topics: { status: 'abstained', reason: 'away' } } }
    const [, abstained] = told([{ node: 'topics', update }])
    expect(abstained?.events).toMatchObject([{ state: 'ended', ms: 1, error: null, abstained: 'away' }])
    const [, failed] = told([{ node: 'plan', error: 'Error: broken' }])
    expect(failed?.events).toMatchObject([{ state: 'ended', error: 'Error: broken', abstained: null }])
  })
})

describe('a step that is known only from its calls', () => {
  const steps = [
    { node: 'plan', superstep: 1, startedAt: 110, ms: 10 },
    { node: 'topics', superstep: 2, startedAt: 120, ms: 30 },
  ]
  const placeOf = (startedAt: number) =>
    told(steps, [{ node: 'entities', startedAt }]).find(({ position }) => position.step === 'entities.0')

  it('stands beside the last steps if it called while one of them ran, and after them otherwise', () => {
    expect(placeOf(149)?.position.superstep).toBe(2)
    expect(placeOf(150)?.position.superstep).toBe(3)
    expect(placeOf(150)?.events).toMatchObject([{ state: 'started', startedAt: 150 }])
    expect(names([], [{ node: 'intake', startedAt: 120 }])).toEqual(['intake.0 started', 'intake.0.chat.0 performed'])
  })
})
