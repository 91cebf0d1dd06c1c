import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../src/database/connection.ts'
import { exchangeName } from '../../src/ledger/exchange.ts'
import type { RecordedRun } from '../../src/ledger/recorded-run.ts'
import type { ChatModel } from '../../src/models/chat.ts'
import { documentOfRun } from '../../src/recordings/run-document.ts'
import { ForkRequest } from '../../src/runs/fork-request.ts'
import { openMemory } from '../database/open-memory.ts'
import { cast, openDesk, type Part, submits } from '../support/desk.ts'
import { said, talk } from '../support/talk.ts'

let database: Database
beforeAll(async () => {
  database = await openMemory()
}, 120_000)
afterAll(() => database.close())

const AGENTS = ['attributes', 'chapters', 'entities', 'suitability', 'summary', 'topics']
const quote = said(0).slice(0, said(0).indexOf('.', 20) + 1)
const claims =
  (text: string): Part =>
  () =>
    submits('summary', { claims: [{ text, evidence: [{ segment: 0, quote }] }] })

/** One model for all agents, as `--model` makes it: it knows whom it plays by the tool that is offered for the answer. */
function anyAgent({ model }: ReturnType<typeof cast>, name: string): ChatModel {
  return {
    ...model(name),
    chat(request, options) {
      const submit = request.tools.find((tool) => tool.name.startsWith('submit_'))
      return model(submit?.name.slice('submit_'.length) ?? name).chat(request, options)
    },
  }
}

/** A run that is over, and another desk over the same store whose models are others. */
async function forked(
  request: Parameters<typeof ForkRequest.parse>[0],
  parts: Record<string, Part> = {},
  name = 'openai:cast',
) {
  const before = openDesk(database)
  const parent = await before.understand(talk())
  const record = await before.repositories.runs.get(parent.run.id)
  const stage = cast(parts, { name })
  const desk = openDesk(database, {
    tenant: before.tenant,
    deps: { modelNamed: () => anyAgent(stage, name) },
    chat: name === 'openai:cast' ? stage.model : cast({}).model,
  })
  const { id } = await desk.runs.fork(parent.run.id, ForkRequest.parse(request))
  const run = await desk.runs.wait(id)
  if (run === null) throw new Error('the fork is gone')
  const recorded = await desk.repositories.trace.load(id)
  return { desk, parent, record, stage, run, recorded }
}

const paidNodes = ({ exchanges }: RecordedRun) =>
  exchanges
    .filter(({ cost }) => cost !== null)
    .map(({ node }) => node)
    .sort()

describe('a fork at a step', () => {
  it('asks anew at the step and downstream, and is served everything else from the parent', async () => {
    const { run, parent, stage, recorded } = await forked({ at: 'topics' })
    expect(run).toMatchObject({ status: parent.run.status, version: null, parentRunId: parent.run.id, error: null })
    expect(stage.agents()).toEqual(['topics'])
    expect(recorded.exchanges.map(exchangeName).sort()).toEqual([...parent.asked].sort())
    expect(paidNodes(recorded)).toEqual(['topics'])
  })

  it('changes neither the parent nor what is published, and keeps its own document', async () => {
    const { desk, run, parent, record, recorded } = await forked(
      { at: 'summary.0' },
      { summary: claims('Cards drove looms.') },
    )
    expect((await desk.repositories.trace.load(parent.run.id)).exchanges).toEqual(parent.exchanges)
    expect(await desk.repositories.runs.get(parent.run.id)).toEqual(record)
    expect(await desk.repositories.understandings.current('looms')).toEqual(parent.document)
    const document = await documentOfRun(desk.repositories, run, recorded)
    expect(document?.provenance.runId).toBe(run.id)
    expect(JSON.stringify(document)).toContain('Cards drove looms.')
    expect(JSON.stringify(parent.document)).not.toContain('Cards drove looms.')
  })

  it('lets another model answer what is live, while the rest has the models it had', async () => {
    const { run, stage, recorded } = await forked({ at: 'topics', model: 'other' }, {}, 'openai:other')
    expect(run.error).toBeNull()
    expect(stage.asked.length).toBe(paidNodes(recorded).length)
    expect(paidNodes(recorded)).toEqual(['topics'])
  })
})

describe('a fork of live models', () => {
  it('asks all models, and nothing else that is recorded', async () => {
    const { run, stage, recorded } = await forked({ live: 'chat', model: 'other' }, {}, 'openai:other')
    expect(run).toMatchObject({ version: null, error: null })
    expect(stage.asked.length).toBe(paidNodes(recorded).length)
    expect(paidNodes(recorded)).toEqual(AGENTS)
    expect(recorded.exchanges.filter(({ cost }) => cost !== null).every(({ kind }) => kind === 'chat')).toBe(true)
  })
})
