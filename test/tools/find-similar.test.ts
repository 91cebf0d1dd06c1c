import { describe, expect, it } from 'vitest'
import type { Neighbourhood } from '../../src/content/neighbourhood.ts'
import { findSimilar } from '../../tools/find-similar.ts'
import { call, depsFor, SENTENCES } from './tool-deps.ts'

const item = (itemId: string, score: number, vector: number[] | null = null, topics: string[] = []) => ({
  itemId,
  score,
  topics,
  vector,
  textHash: null,
})
const near = (items: Neighbourhood['items'], more: Partial<Neighbourhood> = {}) =>
  depsFor(SENTENCES, { neighbourhood: { unavailable: null, space: 'subjects@1', items, ...more } })

describe('find_similar', () => {
  it('lists items nearest first, equal ones by id, with their topics as priors', async () => {
    const deps = await near([item('b', 0.5), item('a', 0.5), item('c', 0.9, null, ['iab-content-3.1/464', 'broken'])])
    expect(await call(findSimilar, deps, {})).toEqual({
      ok: true,
      value: {
        items: [
          { itemId: 'c', score: 0.9, topics: [{ taxonomy: 'iab-content-3.1', id: '464' }] },
          { itemId: 'a', score: 0.5, topics: [] },
          { itemId: 'b', score: 0.5, topics: [] },
        ],
        note: expect.stringMatching(/priors.*never evidence/i),
      },
    })
  })

  it('ranks by one segment, and lists each item once by its nearest part', async () => {
    const deps = await near([
      item('tides', 0.1, [0, 1, 0]),
      item('bees', 0.9, [1, 0, 0]),
      item('tides', 0.2, [0.6, 0.8, 0]),
      item('unknown', 0.99),
    ])
    expect(await call(findSimilar, deps, { like: 3 })).toMatchObject({
      ok: true,
      value: {
        items: [
          { itemId: 'tides', score: 1 },
          { itemId: 'bees', score: 0 },
        ],
      },
    })
  })

  it('says so if the index did not answer', async () => {
    const deps = await near([], { unavailable: 'the index is unreachable' })
    expect(await call(findSimilar, deps, {})).toEqual({
      ok: false,
      problem: expect.stringMatching(/unreachable.*without/),
    })
  })

  it.each([
    ['the segment does not exist', 99, {}],
    ['the segment has no vector', 0, {}],
    ['the vectors are of another space', 3, { space: 'other@1' }],
  ])('compares nothing if %s', async (_, like, more) => {
    expect(await call(findSimilar, await near([item('a', 1, [1, 0, 0])], more), { like })).toMatchObject({ ok: false })
  })

  it('answers with an empty list if nothing is near', async () => {
    expect(await call(findSimilar, await near([]), {})).toMatchObject({ ok: true, value: { items: [] } })
  })
})
