import { expect, it } from 'vitest'
import type { ItemRecord } from '../../src/database/records.ts'
import { similarItems } from '../../src/indexing/similar-items.ts'
import { talk } from '../support/talk.ts'

const item = (id: string, title: string): ItemRecord => ({
  id,
  kind: 'talk',
  title,
  item: talk({ id, title }),
  createdAt: 0,
  updatedAt: 0,
  current: null,
})
const near = (itemId: string, score: number) => ({ itemId, score, topics: [] })

it('items that a document names as similar come in its order, as they are called now, without those that were erased', async () => {
  const stored = new Map([
    ['b', item('b', 'A new title')],
    ['c', item('c', 'Looms')],
  ])
  const items = { get: async (id: string) => stored.get(id) ?? null }
  const similar = [near('c', 0.9), near('erased', 0.8), near('b', 0.7)]
  const found = await similarItems({ similar }, items)
  expect(found.map(({ item: { title }, score }) => [title, score])).toEqual([
    ['Looms', 0.9],
    ['A new title', 0.7],
  ])
  expect(await similarItems({ similar: [] }, items)).toEqual([])
})
