import { afterAll, beforeAll, expect, it } from 'vitest'
import { Item } from '../../../src/content/item.ts'
import type { Database } from '../../../src/database/engine/connection.ts'
import { openMemory } from '../../database/open-memory.ts'
import { cast, openDesk, submits } from '../../support/desk.ts'

let database: Database
beforeAll(async () => {
  database = await openMemory()
})
afterAll(() => database.close())

it('an entity is left out for a speaker whom nobody names, because no words could show the name', async () => {
  const person = (name: string, segment: number) => ({ name, type: 'person', aliases: [], evidence: [{ segment }] })
  const { model } = cast({
    entities: () =>
      submits('entities', {
        entities: [
          person('Ada Byron', 0),
          person('Al Eve', 0),
          person('Tom Lund', 0),
          { ...person('Ivy Reed MP', 0), aliases: ['Ivy'] },
        ],
      }),
  })
  const desk = openDesk(database, { chat: model })
  // A segment has one speaker: each speaks long enough for a segment of their own.
  const more = 'It went on like that for the whole of the week. '.repeat(6)
  const turns = [
    'Ada Byron: The river rose, TOM LUND, and nobody slept, Ivy. It was a real event.',
    'Tom Lund: We carried the chairs upstairs.',
    'Ivy Reed MP: All of them.',
    'Al Eve: The bottom ones were wet.',
  ]
  const text = turns.map((turn) => `${turn} ${more}`).join('\n\n')
  const run = await desk.runs.submit(
    Item.parse({ id: 'river', kind: 'talk', title: 'On a flood', transcripts: [{ text }] }),
  )
  await desk.runs.wait(run.id)
  const document = await desk.repositories.understandings.current('river')
  expect(document?.entities.map(({ name }) => name)).toEqual(['Ivy Reed MP', 'Tom Lund'])
})
