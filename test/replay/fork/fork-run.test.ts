import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../../src/database/engine/connection.ts'
import { ForkRequest } from '../../../src/replay/fork/fork-request.ts'
import { openMemory } from '../../database/open-memory.ts'
import { configuration } from '../../ledger/configuration-sample.ts'
import { anyAgent } from '../../support/any-agent.ts'
import { cast, openDesk } from '../../support/desk.ts'
import { talk } from '../../support/talk.ts'

type Request = Parameters<typeof ForkRequest.parse>[0]
type Desk = ReturnType<typeof openDesk>

let database: Database
beforeAll(async () => {
  database = await openMemory()
}, 120_000)
afterAll(() => database.close())

describe('the run that a fork will be', () => {
  const other = cast({}, { name: 'openai:other' })
  let desk: Desk
  let parent: string
  beforeAll(async () => {
    const tenant = 'plans'
    const before = openDesk(database, { tenant, chat: cast({}, { name: 'openai:old' }).model })
    parent = (await before.understand(talk(), { effort: 'quick', fetch: false })).run.id
    desk = openDesk(database, {
      tenant,
      chat: cast({}, { name: 'openai:new' }).model,
      deps: {
        modelNamed: () => anyAgent(other, 'openai:other'),
        budget: { usd: 1, tokens: null },
        defaultEffort: 'thorough',
      },
      ports: { price: (model) => (model === 'openai:new' ? 0 : null) },
    })
  })
  async function planned(request: Request, of = parent) {
    const { id } = await desk.fork(of, ForkRequest.parse(request))
    const run = await desk.runs.wait(id)
    if (run === null) throw new Error('the fork is gone')
    const { settings, fork, ...config } = run.config
    const models = new Set(Object.values(settings.ports.models).map(({ name }) => name))
    return { id, run, settings, fork, config, models: [...models] }
  }

  it("has the parent's item and effort, fetches only if the parent did, and has today's models", async () => {
    const { run, settings, models, config } = await planned({ at: 'topics' })
    expect(run).toMatchObject({ itemId: 'looms', parentRunId: parent, effort: 'quick' })
    expect(settings).toMatchObject({ effort: 'quick', engine: 'openai:new', ports: { fetch: false } })
    expect(models).toEqual(['openai:new'])
    expect(config.unpriced).toEqual([])
  })

  it('has the model that is asked for in place of all others; one without a price is told', async () => {
    const { settings, fork, models, config } = await planned({ live: 'chat', model: 'another' })
    expect([settings.engine, models, fork?.model]).toEqual(['openai:other', ['openai:other'], 'another'])
    expect(config.unpriced).toEqual(['openai:other'])
  })

  it('has the prompts that are asked for over those of the parent', async () => {
    const { id, settings, fork, config } = await planned({ at: 'topics', prompts: { topics: 'summary/v1' } })
    expect(settings.prompts).toMatchObject({ topics: 'summary/v1', entities: 'entities/v1' })
    expect([fork?.prompts, config.chosenPrompts]).toEqual([{ topics: 'summary/v1' }, { topics: 'summary/v1' }])
    const next = await planned({ at: 'publish' }, id)
    expect([next.fork?.prompts, next.config.chosenPrompts]).toEqual([{}, { topics: 'summary/v1' }])
    expect(next.settings.prompts.topics).toBe('summary/v1')
  })

  it('names the steps that stay as they were recorded: all that do not come at or after its step', async () => {
    const { fork } = await planned({ at: 'topics' })
    expect(fork).toMatchObject({ at: 'topics.0', live: null, strict: false })
    expect(fork?.whole).toEqual(expect.arrayContaining(['intake.0', 'plan.0', 'entities.0']))
    for (const live of ['topics.0', 'assemble.0', 'publish.0']) expect(fork?.whole).not.toContain(live)
    expect((await planned({ live: 'chat', strict: true })).fork).toEqual({
      at: null,
      whole: null,
      live: 'chat',
      strict: true,
      prompts: {},
      model: null,
      recorded: [],
    })
  })

  it('remembers which ports each part saw, also where it is the fork of a fork', async () => {
    const names = ({ fork }: Awaited<ReturnType<typeof planned>>) =>
      fork?.recorded.map(({ from, ports }) => [from, ports.models.topics?.name])
    const first = await planned({ at: 'topics', model: 'another' })
    expect(names(first)).toEqual([[null, 'openai:old']])
    expect(names(await planned({ at: 'publish' }, first.id))).toEqual([
      [null, 'openai:old'],
      ['topics.0', 'openai:other'],
    ])
  })
})

describe('a fork that cannot be made', () => {
  let desk: Desk
  let parent: string
  beforeAll(async () => {
    desk = openDesk(database)
    parent = (await desk.understand(talk())).run.id
  })
  const fork = (request: Request, id = parent) => desk.fork(id, ForkRequest.parse(request))

  it('names a step that the run never visited, and says which it did, and why it ended earlier', async () => {
    await expect(fork({ at: 'revise.0' })).rejects.toThrow(
      /^revise\.0 was never visited in run .+ it visited intake\.0,/,
    )
    await expect(fork({ at: 'topics.1' })).rejects.toThrow(/^topics\.1 was never visited/)
    const again = await desk.runs.submit(talk())
    await desk.runs.wait(again.id)
    await expect(fork({ at: 'topics' }, again.id)).rejects.toThrow(/never visited .+ because nothing had changed/)
  })

  it('names a prompt or an agent that there is not', async () => {
    await expect(fork({ at: 'topics', prompts: { topics: 'topics/v99' } })).rejects.toThrow(/no prompt "topics\/v99"/)
    await expect(fork({ at: 'topics', prompts: { topics: 'shared/v1' } })).rejects.toThrow(
      /"shared\/v1" is not the prompt/,
    )
    await expect(fork({ at: 'topics', prompts: { nobody: 'topics/v1' } })).rejects.toThrow(/no agent "nobody"/)
  })

  it('changes the prompt of an agent that stays recorded, except where nothing stays recorded', async () => {
    await expect(fork({ at: 'topics', prompts: { summary: 'summary/v1' } })).rejects.toThrow(
      /^summary\.0 stays as it was recorded, .+ fork it at summary\.0/,
    )
    const { id } = await fork({ live: 'chat', prompts: { summary: 'summary/v1' } })
    expect(await desk.runs.wait(id)).toMatchObject({ error: null })
  })

  it('is of a run that does not exist, is not over, or has nothing recorded', async () => {
    await expect(fork({ at: 'topics' }, 'nobody')).rejects.toMatchObject({ kind: 'no-such-run' })
    const waiting = await desk.repositories.runs.create({ ...BARE, id: 'waiting' })
    await expect(fork({ at: 'topics' }, waiting.id)).rejects.toMatchObject({ kind: 'unfinished' })
    await desk.repositories.runs.requestCancel('waiting', 2)
    await expect(fork({ at: 'topics' }, waiting.id)).rejects.toMatchObject({ kind: 'incomplete' })
  })
})

const BARE = {
  itemId: 'looms',
  item: talk(),
  effort: 'standard' as const,
  config: configuration,
  requested: null,
  parentRunId: null,
  createdAt: 1,
}
