import { afterAll, beforeAll, expect, it } from 'vitest'
import { Item } from '../../../src/content/item.ts'
import type { Database } from '../../../src/database/engine/connection.ts'
import { openMemory } from '../../database/open-memory.ts'
import { cast, openDesk, submits } from '../../support/desk.ts'

let database: Database
beforeAll(async () => {
  database = await openMemory()
}, 120_000)
afterAll(() => database.close())

it('leaves out who speaks and whom nobody names: no words could show the name', async () => {
  const person = (name: string, segment: number) => ({ name, type: 'person', aliases: [], evidence: [{ segment }] })
  const { model } = cast({
    entities: () => submits('entities', { entities: [person('Ada Byron', 0), person('Tom Lund', 0)] }),
  })
  const desk = openDesk(database, { chat: model })
  const text = 'Ada Byron: The river rose, TOM LUND, and nobody slept.\n\nTom Lund: We carried the chairs upstairs.'
  const run = await desk.runs.submit(
    Item.parse({ id: 'river', kind: 'talk', title: 'On a flood', transcripts: [{ text }] }),
  )
  await desk.runs.wait(run.id)
  const document = await desk.repositories.understandings.current('river')
  expect(document?.entities.map(({ name }) => name)).toEqual(['Tom Lund'])
})
