import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { close, graph } from '../../graphs/studio.ts'
import { codeBlocks } from '../docs/read-page.ts'

afterAll(close)

const GUIDE = 'docs/guides/open-the-graph-in-langgraph.md'

test('LangGraph’s tools can draw the graph and run it on a bundled example', async () => {
  const { graphs } = JSON.parse(readFileSync('langgraph.json', 'utf8'))
  expect(graphs).toEqual({ understanding: './graphs/studio.ts:graph' })

  const bound = await graph()
  const drawn = await bound.getGraphAsync()
  expect(Object.keys(drawn.nodes)).toEqual(expect.arrayContaining(['intake', 'topics', 'verify', 'publish']))

  const state = await bound.invoke({})
  expect(state.published).toMatchObject({ version: 1, seq: 1 })
  expect(state.verification?.counts.fabricated).toBe(0)
})

test('each call makes a run of its own and does not change what the first one published', async () => {
  const bound = await graph()
  const state = await bound.invoke({})
  expect(state.outcome).toBe('unchanged')
})

test('langgraph.json names a function that gives the graph, whose nodes the guide lists', async () => {
  const { graphs } = JSON.parse(readFileSync('langgraph.json', 'utf8'))
  const [file = '', name = ''] = String(graphs.understanding).split(':')
  const module: Record<string, unknown> = await import(/* @vite-ignore */ pathToFileURL(file).href)
  expect(module[name]).toBe(graph)
  const drawn = await (await graph()).getGraphAsync()
  const listed = codeBlocks(GUIDE, 'text').join(' ').trim().split(/\s+/)
  expect(listed).toEqual(Object.keys(drawn.nodes))
})

test('an empty context from the server does not replace the run: calls work as before', async () => {
  const bound = await graph()
  // It knows no types of ours.
  const asked = [{}, { version: 'v2', context: {}, streamMode: ['updates'] }]
  const events: AsyncIterable<{ event: string; name: string }> = Reflect.apply(bound.streamEvents, bound, asked)
  const seen: string[] = []
  for await (const { event, name } of events) if (event === 'on_chain_end') seen.push(name)
  expect(seen).toContain('intake')
  const updates: unknown[] = []
  const stream: AsyncIterable<unknown> = await Reflect.apply(bound.stream, bound, [{}, { context: {} }])
  for await (const update of stream) updates.push(update)
  expect(updates.at(-1)).toMatchObject({ intake: { outcome: 'unchanged' } })
})

test('threads start in a process with a preloaded module that, as the server’s, works only on the main thread', async () => {
  // LangGraph's development server reads its settings from the last argument, in a module given by --import.
  const preload = 'data:text/javascript,JSON.parse(process.argv.at(-1))'
  const args = ['--import', 'tsx', '--import', preload, 'test/graphs/children/open-studio.ts', '{}']
  const { stdout } = await promisify(execFile)(process.execPath, args)
  expect(JSON.parse(stdout)).toMatchObject({ version: 1, status: 'complete' })
})
