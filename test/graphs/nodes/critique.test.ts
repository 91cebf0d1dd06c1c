import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../../src/database/engine/connection.ts'
import { viewRun } from '../../../src/http/pages/run/view.ts'
import { ModelError } from '../../../src/models/chat-model.ts'
import { createScriptedModel } from '../../../src/models/scripted-model.ts'
import { openMemory } from '../../database/open-memory.ts'
import { cast, openDesk, type Part, submits } from '../../support/desk.ts'
import { talk } from '../../support/talk.ts'

let database: Database
beforeAll(async () => {
  database = await openMemory()
})
afterAll(() => database.close())

const topics: Part = () => submits('topics', { topics: [{ id: '596', evidence: [{ segment: 3 }] }] })

describe('a critic that abstains', () => {
  it('judges nothing: the document is partial and says so, and the next run asks again', async () => {
    const judging: Part = (_, times) =>
      times === 0 ? new ModelError('timeout', 'm took too long') : submits('critique', { findings: [] })
    const stage = cast({ topics, critique: judging })
    const desk = openDesk(database, { chat: stage.model })
    const { document } = await desk.understand(talk(), { effort: 'thorough' })
    expect(document).toMatchObject({ status: 'partial', critique: { verdict: 'skipped' } })
    expect(document.abstentions).toEqual([{ facet: 'critique', reason: 'm took too long' }])
    expect(document.topics).toHaveLength(1)
    expect(await desk.repositories.facets.latest('looms', 'critique')).toBeNull()

    const again = await desk.understand(talk(), { effort: 'thorough' })
    expect(again.asked.filter((call) => call.includes('.chat.'))).toEqual(['critique.0.chat.0'])
    expect(again.document).toMatchObject({ status: 'complete', abstentions: [], critique: { verdict: 'accepted' } })
  })

  it.each([
    ['has answered', () => submits('topics', { topics: [{ id: '596', evidence: [{ segment: 3 }] }] }), false],
    ['had no answer either', () => new ModelError('timeout', 'm took too long'), true],
  ])(
    'keeps its objections to labels that were not revised, if the agent that was asked again %s',
    async (_, revises, stands) => {
      const asked: Part = (request, times, signal) => (times === 0 ? topics(request, times, signal) : revises())
      const objects: Part = (_, times) => {
        if (times > 0) return new ModelError('timeout', 'm took too long')
        const finding = (pointer: string, severity: string) => ({
          agent: pointer.split('/')[1] ?? '',
          pointer,
          severity,
          message: 'look again',
        })
        return submits('critique', {
          findings: [finding('/topics/0', 'revise'), finding('/summary/claims/1', 'contest')],
        })
      }
      const claim = (text: string, segment: number) => ({ text, evidence: [{ segment }] })
      const summary: Part = () =>
        submits('summary', { claims: [claim('Looms read cards.', 0), claim('Weavers rioted.', 2)] })
      const desk = openDesk(database, { chat: cast({ topics: asked, summary, critique: objects }).model })
      const { document } = await desk.understand(talk(), { effort: 'thorough' })
      expect(document.abstentions).toEqual([{ facet: 'critique', reason: 'm took too long' }])
      expect(document.critique).toMatchObject({ verdict: 'contested', revisions: stands ? 2 : 1 })
      const pointers = [...(stands ? ['/topics/0'] : []), '/summary/claims/1']
      expect(document.critique.findings.map(({ pointer }) => pointer)).toEqual(pointers)
      expect(document.summary?.claims.map(({ text }) => text)).toEqual(['Looms read cards.'])
      expect(document.topics).toMatchObject([{ contested: stands }])
    },
  )

  it('because all its answers are invalid is shown in the document and in the run, and such runs can be found', async () => {
    const nowhere = {
      toolCalls: [
        {
          id: 'c',
          name: 'submit_critique',
          args: {
            findings: [{ agent: 'topics', pointer: '/topics/7', severity: 'drop', message: 'look at it again' }],
          },
        },
      ],
    }
    const invalid = createScriptedModel(Array.from({ length: 4 }, () => nowhere))
    const stage = cast({ topics })
    const chat = (agent: string) => (agent === 'critique' ? invalid : stage.model(agent))
    const desk = openDesk(database, { chat })
    const { run, document } = await desk.understand(talk(), { effort: 'thorough' })
    const reason = expect.stringMatching(/^no valid answer after 4 rounds: .*there is no claim "\/topics\/7"/)
    expect(run).toMatchObject({ status: 'partial', summary: { failedNodes: ['critique'] } })
    expect(document.abstentions).toEqual([{ facet: 'critique', reason }])
    const found = await desk.repositories.runs.list({ failedNode: 'critique' }, { limit: 2 })
    expect(found.entries.map(({ id }) => id)).toEqual([run.id])
    const recorded = await desk.repositories.trace.load(run.id)
    const line = viewRun(run, recorded).steps.find(({ name }) => name === 'critique.0')
    expect(line).toMatchObject({ state: 'abstained', reason, rejected: 4 })
    expect(line?.calls.map(({ rejections }) => rejections.length)).toEqual([1, 1, 1, 1])
  })
})
