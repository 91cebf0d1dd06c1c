import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AGENT_NAMES } from '../../../graphs/agents/registry.ts'
import type { Database } from '../../../src/database/engine/connection.ts'
import { extractive } from '../../../src/models/extractive/extractive-model.ts'
import { openMemory } from '../../database/open-memory.ts'
import { cast, openDesk, submits } from '../../support/desk.ts'
import { recorded, replayed } from '../../support/recorded.ts'
import { AFTER_AGENTS, BEFORE_AGENTS } from '../../support/steps.ts'
import { talk } from '../../support/talk.ts'

let database: Database
beforeAll(async () => {
  database = await openMemory()
})
afterAll(() => database.close())

describe('an agent that its model cannot answer for', () => {
  const tenant = 'no-script'
  const able = cast({}, { agents: ['entities', 'chapters', 'suitability', 'summary', 'attributes', 'critique'] })
  const desk = () => openDesk(database, { tenant, chat: able.model })
  const REASON =
    'openai:cast cannot answer for topics: set OPENAI_BASE_URL and LINERNOTES_MODEL to give it a language model'

  it('abstains once without asking the model, and an item that has not changed is unchanged', async () => {
    const first = await desk().understand(talk())
    expect(first.document).toMatchObject({ status: 'partial', abstentions: [{ facet: 'topics', reason: REASON }] })
    expect(able.agents()).not.toContain('topics')
    expect(first.run.summary?.failedNodes).toEqual([])
    expect((await replayed(await recorded(desk(), first.run.id))).divergences).toEqual([])
    expect((await desk().understand(talk())).run.status).toBe('unchanged')
  })

  it('has its abstention reused like a facet if another agent runs again', async () => {
    const { document, steps } = await desk().understand(talk(), { requested: ['summary'] })
    expect(steps).toEqual([...BEFORE_AGENTS, 'summary.0', ...AFTER_AGENTS])
    expect(document).toMatchObject({
      version: 2,
      status: 'partial',
      abstentions: [{ facet: 'topics', reason: REASON }],
    })
    expect(document.provenance.facets.topics?.run).not.toBe(document.provenance.runId)
  })

  it('answers as soon as its model can, even if that model has the same name', async () => {
    const topics = () => submits('topics', { topics: [{ id: '596', evidence: [{ segment: 3 }] }] })
    const { document, steps } = await openDesk(database, { tenant, chat: cast({ topics }).model }).understand(talk())
    expect(steps).toEqual([...BEFORE_AGENTS, 'topics.0', ...AFTER_AGENTS])
    expect(document).toMatchObject({ status: 'complete', topics: [{ id: '596' }] })
  })
})

it('reuses its abstentions for an item in a language that no model reads, and has no note that a summary lacks support', async () => {
  const german = talk({
    language: 'de',
    description: '',
    title: '',
    transcripts: [
      { text: 'Die Weber von Lyon fürchteten um ihren Lohn. In einer Nacht verbrannten sie die neuen Stühle.' },
    ],
  })
  const desk = openDesk(database, { chat: () => extractive() })
  const first = await desk.understand(german)
  const second = await desk.understand(german, { requested: ['topics'] })
  expect(second.steps).toEqual([...BEFORE_AGENTS, 'topics.0', ...AFTER_AGENTS])
  expect(second.document.abstentions).toEqual(first.document.abstentions)
  expect(second.document.provenance.notes).toEqual(first.document.provenance.notes)
})

it('the embedded engine answers for every agent that is shipped', () => {
  expect(extractive().agents).toEqual(expect.arrayContaining([...AGENT_NAMES, 'critique', 'transcript']))
})
