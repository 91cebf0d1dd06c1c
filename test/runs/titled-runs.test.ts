import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Database } from '../../src/database/engine/connection.ts'
import { titledRuns } from '../../src/runs/titled-runs.ts'
import { openMemory } from '../database/open-memory.ts'
import { openDesk } from '../support/desk.ts'
import { talk } from '../support/talk.ts'

let database: Database
beforeAll(async () => {
  database = await openMemory()
})
afterAll(() => database.close())

it('runs keep their order and have the titles of their items, each of which is read once', async () => {
  const { repositories, understand } = openDesk(database)
  const { run: first } = await understand(talk({ title: 'Looms' }))
  const { run: other } = await understand(talk({ id: 'other', title: 'Numbers' }))
  const { run: second } = await understand(talk({ title: 'Looms, told again' }))
  const gone = { ...other, itemId: 'erased' }
  const read: string[] = []
  const items = {
    get: (id: string) => {
      read.push(id)
      return repositories.items.get(id)
    },
  }
  const titled = await titledRuns([second, gone, other, first], items)
  expect(titled.map(({ run, title }) => [run.id, title])).toEqual([
    [second.id, 'Looms, told again'],
    [gone.id, ''],
    [other.id, 'Numbers'],
    [first.id, 'Looms, told again'],
  ])
  expect(read.sort()).toEqual(['erased', 'looms', 'other'])
})
