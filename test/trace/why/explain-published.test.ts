import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../../src/database/engine/connection.ts'
import { type AskedLabel, explainPublished } from '../../../src/trace/why/explain-published.ts'
import { openMemory } from '../../database/open-memory.ts'
import { cast, openDesk, submits } from '../../support/desk.ts'
import { said, talk } from '../../support/talk.ts'

let database: Database
beforeAll(async () => {
  database = await openMemory()
})
afterAll(() => database.close())

/** An item with two versions. Each of them makes another claim, and the second reuses the entity of the first. */
async function twoVersions() {
  const desk = openDesk(database, {
    chat: cast({
      summary: (_, times) =>
        submits('summary', { claims: [{ text: `Claim ${times}.`, evidence: [{ segment: 0, quote: said(0) }] }] }),
      entities: () =>
        submits('entities', {
          entities: [
            {
              name: 'Charles Babbage',
              type: 'person',
              evidence: [{ segment: 1, quote: 'the engine of Charles Babbage' }],
            },
          ],
        }),
    }).model,
  })
  const first = await desk.understand(talk())
  const second = await desk.understand(talk(), { requested: ['summary'] })
  const ask = (asked: Partial<AskedLabel>, sources: Partial<typeof desk.repositories> = {}) =>
    explainPublished({ itemId: 'looms', pointer: '/summary/claims/0', ...asked }, { ...desk.repositories, ...sources })
  return { ...desk, first, second, ask }
}

describe('why a published label is there', () => {
  it('is told of the current version, and of an earlier one where that is asked for', async () => {
    const { ask, first, second } = await twoVersions()
    expect(await ask({})).toMatchObject({ kind: 'why', why: { version: 2, name: 'Claim 1.', run: second.run.id } })
    expect(await ask({ version: 1 })).toMatchObject({
      kind: 'why',
      why: { version: 1, name: 'Claim 0.', run: first.run.id },
    })
  })

  it('is told of a label that was reused by what the earlier run recorded', async () => {
    const { ask, first, second } = await twoVersions()
    const told = await ask({ pointer: '/entities/0' })
    expect(told).toMatchObject({
      kind: 'why',
      why: { run: second.run.id, madeBy: first.run.id, reused: true, proposed: { agent: 'entities' }, missing: [] },
    })
  })

  it('says what is missing where the run that made the label has nothing recorded any more', async () => {
    const { ask, repositories, first } = await twoVersions()
    const trace = {
      ...repositories.trace,
      load: async (id: string) => {
        const run = await repositories.trace.load(id)
        return id === first.run.id ? { ...run, steps: [], exchanges: [] } : run
      },
    }
    const told = await ask({ pointer: '/entities/0' }, { trace })
    expect(told).toMatchObject({
      kind: 'why',
      why: { proposed: null, missing: [expect.stringContaining(first.run.id)] },
    })
  })

  it('is refused with a reason where the pointer leads to no label, is malformed, or nothing is published', async () => {
    const { ask } = await twoVersions()
    expect(await ask({ pointer: '/summary/claims/7' })).toMatchObject({
      kind: 'unknown',
      message: expect.stringContaining('/summary/claims/0'),
    })
    expect(await ask({ pointer: 'summary' })).toMatchObject({ kind: 'malformed' })
    expect(await ask({ version: 3 })).toEqual({ kind: 'no-document' })
    expect(await ask({ itemId: 'none' })).toEqual({ kind: 'no-document' })
  })
})
