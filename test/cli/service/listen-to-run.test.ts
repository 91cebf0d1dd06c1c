import { afterEach, expect, it, vi } from 'vitest'
import { listenToRun } from '../../../src/cli/service/listen-to-run.ts'
import { createClient } from '../../../src/cli/service/service-client.ts'
import { serverConnection } from '../../../src/cli/service/service-connection.ts'

afterEach(() => vi.useRealTimers())

/** What is heard of a run from a server that sends these bytes and whatever comes later; and how that ended. */
function listenTo(open: ReadableStream) {
  const { signal } = new AbortController()
  const connection = serverConnection({ url: 'http://a.example', token: 't' }, async () => new Response(open))
  const heard: string[] = []
  const listening = (async () => {
    for await (const { sent } of listenToRun(createClient(connection, signal), 'r1', signal)) heard.push(sent.event)
    return 'ended'
  })().catch((error) => String(error))
  return { heard, listening }
}

const bytes = (text: string) => new TextEncoder().encode(text)
const RUNNING = 'id: 1\nevent: run\ndata: {"status":"running"}\n\n'
const END = 'id: end\nevent: end\ndata: {"status":"complete","version":1,"error":null}\n\n'

it('gives up a server that is connected and silent for three times as long as between its signs of life', async () => {
  vi.useFakeTimers()
  const { heard, listening } = listenTo(new ReadableStream({ start: (stream) => stream.enqueue(bytes(RUNNING)) }))
  await vi.advanceTimersByTimeAsync(44_900)
  expect(await Promise.race([listening, 'still waiting'])).toBe('still waiting')
  await vi.advanceTimersByTimeAsync(200)
  expect(await listening).toMatch(
    /the server at http:\/\/a\.example is connected, but has sent nothing for 45 s; .*stop it and start it again.* r1 /,
  )
  expect(heard).toEqual(['run'])
  expect(vi.getTimerCount()).toBe(0)
})

it('waits as long as it takes where the server says now and then that it is still there', async () => {
  vi.useFakeTimers()
  let send: (text: string) => void = () => undefined
  const { heard, listening } = listenTo(
    new ReadableStream({
      start(stream) {
        send = (text) => stream.enqueue(bytes(text))
      },
    }),
  )
  send(RUNNING)
  for (let beat = 0; beat < 20; beat++) {
    await vi.advanceTimersByTimeAsync(40_000)
    send(': still here\n\n')
  }
  send(END)
  await vi.advanceTimersByTimeAsync(1)
  expect(await listening).toBe('ended')
  expect(heard).toEqual(['run', 'end'])
})

it('stops listening when it is told to, also to a stream that knows nothing of the signal and never ends', async () => {
  const open = new ReadableStream({ start: (stream) => stream.enqueue(bytes(RUNNING)) })
  const abort = new AbortController()
  const connection = serverConnection({ url: 'http://a.example', token: 't' }, async () => new Response(open))
  const heard: string[] = []
  const listening = (async () => {
    for await (const { sent } of listenToRun(createClient(connection, abort.signal), 'r1', abort.signal)) {
      heard.push(sent.event)
      abort.abort(new Error('interrupted'))
    }
  })()
  await expect(listening).rejects.toThrow('interrupted')
  expect(heard).toEqual(['run'])
})
