import { readFileSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { close, graph } from '../../graphs/studio.ts'

afterAll(close)

test('LangGraph’s tools can draw the graph and run it on a bundled example', async () => {
  const { graphs } = JSON.parse(readFileSync('langgraph.json', 'utf8'))
  expect(graphs).toEqual({ understanding: './graphs/studio.ts:graph' })

  const bound = await graph()
  const drawn = await bound.getGraphAsync()
  expect(Object.keys(drawn.nodes)).toEqual(expect.arrayContaining(['intake', 'topics', 'verify', 'publish']))

  const state = await bound.invoke({})
  expect(state.published).toMatchObject({ version: 1, seq: 1 })
  expect(state.verification?.counts.fabricated).toBe(0)
}, 60_000)

test('each call makes a run of its own: what the first has published is not changed', async () => {
  const bound = await graph()
  const state = await bound.invoke({})
  expect(state.outcome).toBe('unchanged')
})
