import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Database } from '../../src/database/engine/connection.ts'
import { compareRuns } from '../../src/trace/compare-runs.ts'
import { openMemory } from '../database/open-memory.ts'
import { cast, openDesk, submits } from '../support/desk.ts'
import { said, talk } from '../support/talk.ts'

let database: Database
beforeAll(async () => {
  database = await openMemory()
})
afterAll(() => database.close())

/** Each time a model is asked for a summary, it says something else. */
const changing = () =>
  openDesk(database, {
    chat: cast({
      summary: (_, times) =>
        submits('summary', { claims: [{ text: `Claim ${times}.`, evidence: [{ segment: 0, quote: said(0) }] }] }),
    }).model,
  })

it('two stored runs are compared with the documents that they published, from the first to the second', async () => {
  const { repositories, understand } = changing()
  const [a, b] = [await understand(talk()), await understand(talk({ title: 'Another title' }))]
  const compared = await compareRuns(a.run.id, b.run.id, repositories)
  expect(compared).toMatchObject({ kind: 'compared', a: { id: a.run.id }, b: { id: b.run.id } })
  const labels = compared.kind === 'compared' ? compared.diff.labels : null
  expect(labels?.map(({ name, how }) => `${how} ${name}`)).toEqual(['removed Claim 0.', 'added Claim 1.'])
})

it('a fork is compared with the document that it keeps, though it publishes none', async () => {
  const { repositories, runs, understand, fork } = changing()
  const { run } = await understand(talk())
  const forked = await fork(run.id, { at: 'summary.0', prompts: {}, strict: false })
  await runs.wait(forked.id)
  const compared = await compareRuns(run.id, forked.id, repositories)
  const labels = compared.kind === 'compared' ? compared.diff.labels : null
  expect(labels?.map(({ name, how }) => `${how} ${name}`)).toEqual(['removed Claim 0.', 'added Claim 1.'])
})

it('of two runs the one that there is not is named', async () => {
  const { repositories, understand } = changing()
  const { run } = await understand(talk())
  expect(await compareRuns(run.id, 'none', repositories)).toEqual({ kind: 'unknown', id: 'none' })
  expect(await compareRuns('nobody', run.id, repositories)).toEqual({ kind: 'unknown', id: 'nobody' })
})
