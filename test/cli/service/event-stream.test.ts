import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readEvents, type StreamedEvent } from '../../../src/cli/service/event-stream.ts'

const SENT = [
  ': the server is here\n\n',
  'event: step\nid: 7\ndata: {"node":"topics"}\n\n',
  'id: 8\r\ndata: 蜜蜂 and 🐝\r\ndata: on two lines\r\n\r\n',
  'retry: 1000\n\n',
  'event: end\ndata: cut off',
].join('')

async function read(pieces: Iterable<Uint8Array>): Promise<StreamedEvent[]> {
  const events: StreamedEvent[] = []
  for await (const event of readEvents(ReadableStream.from(pieces))) events.push(event)
  return events
}

describe('events that a server sends', () => {
  it('are the same however the network cuts them, inside a character too', async () => {
    const bytes = Buffer.from(SENT)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length)), async (at) => {
        const cuts = [0, ...at.sort((a, b) => a - b), bytes.length]
        const pieces = cuts.slice(1).map((end, n) => bytes.subarray(cuts[n], end))
        expect(await read(pieces)).toEqual([
          { event: 'step', id: '7', data: '{"node":"topics"}' },
          { event: 'message', id: '8', data: '蜜蜂 and 🐝\non two lines' },
        ])
      }),
    )
  })

  it('come one by one, before the next piece is there', async () => {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
    const writer = writable.getWriter()
    const events = readEvents(readable)
    for (const id of ['1', '2']) {
      const next = events.next()
      await writer.write(Buffer.from(`id: ${id}\ndata: x\n\n`))
      expect((await next).value).toMatchObject({ id })
    }
    await writer.close()
    expect((await events.next()).done).toBe(true)
  })
})
