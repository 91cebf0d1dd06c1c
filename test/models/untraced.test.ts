import { awaitAllCallbacks } from '@langchain/core/callbacks/promises'
import { ReducedValue, StateGraph, StateSchema } from '@langchain/langgraph'
import { afterEach, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { untraced } from '../../src/models/untraced.ts'

afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

const State = new StateSchema({
  names: new ReducedValue(
    z.array(z.string()).default(() => []),
    { reducer: (all: string[], more: string[]) => [...all, ...more] },
  ),
})

const graph = new StateGraph(State)
  .addNode('a', async () => ({ names: ['A'] }))
  .addNode('b', async () => ({ names: ['B'] }))
  .addNode('fails', async ({ names }) => {
    if (names.length > 2) throw new Error('too many')
    return { names: ['last'] }
  })
  .addEdge('__start__', 'a')
  .addEdge('__start__', 'b')
  .addEdge(['a', 'b'], 'fails')
  .compile()

it('runs a graph and tells nobody, whatever the environment says', async () => {
  const outside = vi.spyOn(globalThis, 'fetch').mockImplementation(async () => Response.json({}))
  const printed = vi.spyOn(console, 'log').mockImplementation(() => undefined)
  for (const name of ['LANGSMITH_TRACING', 'LANGSMITH_TRACING_V2', 'LANGCHAIN_TRACING_V2', 'LANGCHAIN_VERBOSE'])
    vi.stubEnv(name, 'true')
  vi.stubEnv('LANGSMITH_API_KEY', 'from-the-environment')
  const runs = Array.from({ length: 3 }, () => graph.invoke({}, { callbacks: untraced }))
  expect(await Promise.all(runs)).toEqual(Array(3).fill({ names: ['A', 'B', 'last'] }))
  await awaitAllCallbacks()
  expect(outside).not.toHaveBeenCalled()
  expect(printed).not.toHaveBeenCalled()
  expect(untraced).toMatchObject({ handlers: [{ name: 'langchain_tracer' }], tags: [], metadata: {} })
})

it('lets through what a node throws', async () => {
  await expect(graph.invoke({ names: ['x'] }, { callbacks: untraced })).rejects.toThrow('too many')
})
