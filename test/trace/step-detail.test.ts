import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../src/database/engine/connection.ts'
import { stepName } from '../../src/ledger/exchange.ts'
import type { RecordedRun } from '../../src/ledger/recorded-run.ts'
import { ModelError } from '../../src/models/chat-model.ts'
import { agentRounds } from '../../src/trace/agent-rounds.ts'
import { stepDetail } from '../../src/trace/step-detail.ts'
import { stepStates } from '../../src/trace/step-states.ts'
import { openMemory } from '../database/open-memory.ts'
import { cast, openDesk, type Part, submits } from '../support/desk.ts'
import { talk } from '../support/talk.ts'

let database: Database
beforeAll(async () => {
  database = await openMemory()
})
afterAll(() => database.close())

async function recordedWith(parts: Record<string, Part>, effort: 'quick' | 'thorough' = 'quick'): Promise<RecordedRun> {
  const desk = openDesk(database, { chat: cast(parts).model })
  const { run } = await desk.understand(talk(), { effort })
  return desk.repositories.trace.load(run.id)
}
const topics = (run: RecordedRun, visit = 0) => agentRounds(run, { node: 'topics', visit })
const nothing = submits('topics', { topics: [] })

describe('the state around steps', () => {
  it('is the same before all steps that ran together, and holds what each of them left afterwards', async () => {
    const run = await recordedWith({})
    const states = new Map(stepStates(run).map((state) => [stepName(state.step), state]))
    const [one, other, next] = ['topics.0', 'summary.0', 'assemble.0'].map((name) => states.get(name))
    expect(one?.before).toEqual(other?.before)
    expect(Object.keys(Object(one?.after.drafts))).toEqual(['topics'])
    expect(Object.keys(Object(next?.before.drafts))).toEqual(expect.arrayContaining(['topics', 'summary', 'entities']))
    expect(states.get('intake.0')?.before).toMatchObject({ round: 0, drafts: {}, published: null })
    expect(stepStates(run).at(-1)?.update?.published).toMatchObject({ version: 1 })
  })

  it('is unchanged by a step that failed', async () => {
    const run = await recordedWith({})
    const steps = run.steps.map((step) =>
      step.node === 'plan' ? { ...step, update: null, error: 'Error: broken' } : step,
    )
    const detail = stepDetail({ ...run, steps }, 'plan.0')
    expect(detail).toMatchObject({ step: { error: 'Error: broken' }, state: { update: null, patch: [] } })
  })
})

describe('rounds of an agent', () => {
  it('say what was sent back and why: prose, bad arguments, an answer that does not fit', async () => {
    const run = await recordedWith({
      topics: (_, times) => {
        if (times === 0) return { content: 'Looms.' }
        if (times === 1) return { toolCalls: [{ id: 'a', name: 'no_such_tool', args: {} }] }
        if (times === 2) return submits('topics', { topics: 'looms' })
        return nothing
      },
    })
    const rounds = topics(run)
    expect(rounds.map(({ exchange }) => exchange)).toEqual([0, 1, 2, 3].map((n) => `topics.0.chat.${n}`))
    expect(rounds[0]).toMatchObject({ said: 'Looms.', calls: [], rejected: expect.stringContaining('prose') })
    expect(rounds[1]?.calls).toMatchObject([{ tool: 'no_such_tool', rejected: expect.stringContaining('no tool') }])
    expect(rounds[2]?.calls).toMatchObject([{ tool: 'submit_topics', rejected: expect.stringContaining('/topics') }])
    expect(rounds[3]?.calls).toEqual([{ tool: 'submit_topics', arguments: { topics: [] }, rejected: null }])
  })

  it('say that the last answer was not taken either, where no round was left', async () => {
    const run = await recordedWith({ topics: () => submits('topics', { topics: 7 }) })
    const rounds = topics(run)
    expect(rounds.flatMap(({ calls }) => calls).every(({ rejected }) => rejected !== null)).toBe(true)
    expect(rounds.at(-1)?.calls[0]?.rejected).toMatch(/^no valid answer after 6 rounds/)
  })

  it('show a call that failed, with its retries', async () => {
    const retries = [{ reason: 'slow', waitedMs: 5 }]
    const run = await recordedWith({ topics: () => new ModelError('unreachable', 'the endpoint is away', retries) })
    expect(topics(run)).toMatchObject([{ outcome: 'error', failed: 'the endpoint is away', retries, calls: [] }])
    expect(stepDetail(run, 'topics.0')?.cost).toEqual({ inputTokens: 0, cachedTokens: 0, outputTokens: 0, usd: 0 })
  })

  it('are those of one round of the run; findings come with the round that they are about', async () => {
    const run = await recordedWith(
      {
        topics: () => submits('topics', { topics: [{ id: '52', evidence: [{ segment: 3 }] }] }),
        critique: (_, times) =>
          submits('critique', {
            findings:
              times === 0 ? [{ agent: 'topics', pointer: '/topics/0', severity: 'revise', message: 'Is it?' }] : [],
          }),
      },
      'thorough',
    )
    expect([topics(run, 0).length, topics(run, 1).length, topics(run, 2).length]).toEqual([1, 1, 0])
    expect(stepDetail(run, 'topics.0')?.findings).toMatchObject([{ by: 'critique', message: 'Is it?' }])
    expect(stepDetail(run, 'critique.0')?.findings).toHaveLength(1)
    expect(stepDetail(run, 'topics.1')?.findings).toEqual([])
    expect(stepDetail(run, 'topics.9')).toBeNull()
  })
})
