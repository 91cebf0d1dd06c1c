import { expect, it } from 'vitest'
import { listenToRun } from '../../../src/cli/service/listen-to-run.ts'
import { createClient } from '../../../src/cli/service/service-client.ts'
import { serverConnection } from '../../../src/cli/service/service-connection.ts'

it('stops listening when it is told to, also to a stream that knows nothing of the signal and never ends', async () => {
  const open = new ReadableStream({
    start: (stream) => stream.enqueue(new TextEncoder().encode('id: 1\nevent: run\ndata: {"status":"running"}\n\n')),
  })
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
