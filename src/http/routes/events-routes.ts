import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { type SSEStreamingApi, streamSSE } from 'hono/streaming'
import { END } from '../../trace/events/event-cursor.ts'
import { followRun } from '../../trace/events/run-events.ts'
import { problem, scope } from '../answers/json-answer.ts'
import { unknownRun } from '../answers/refusals.ts'
import type { HttpDeps } from '../http-deps.ts'
import { RunParam } from '../schemas/common-schemas.ts'
import { HEARTBEAT_MS, RunEventData, toEventData } from '../schemas/events-schemas.ts'

/** How long a client waits before it connects again. */
const RETRY_MS = 1000

const events = createRoute({
  method: 'get',
  path: '/v1/runs/{id}/events',
  tags: ['Runs'],
  summary: 'Follow a run: its steps and calls as they happen, or all of them afterwards',
  description:
    'Server-sent events: `run`, `step`, `exchange`, `rejected`, and `end` at the end. A client that comes back with `Last-Event-ID` goes on where it was, even after the run or the server has ended. With the id of `end` the answer is 204, so that an `EventSource` does not connect again. While nothing happens, a comment is sent every 15 seconds.',
  ...scope('trace'),
  request: {
    params: RunParam,
    headers: z.object({
      'last-event-id': z
        .string()
        .max(20_000)
        .optional()
        .describe('The `id` of the last event received. Do not interpret it.'),
    }),
  },
  responses: {
    200: {
      description: 'The events.',
      content: { 'text/event-stream': { schema: z.union(Object.values(RunEventData)).meta({ id: 'RunEventData' }) } },
    },
    204: { description: 'The client has received the end.' },
    404: problem('There is no such run.'),
  },
})

export function eventRoutes(app: OpenAPIHono, { service, log }: HttpDeps): void {
  const { repositories, live } = service

  app.openapi(events, async (c) => {
    const { id } = c.req.valid('param')
    const { 'last-event-id': after } = c.req.valid('header')
    if ((await repositories.runs.get(id)) === null) throw unknownRun(id)
    if (after === END) return new Response(null, { status: 204 })
    const response = streamSSE(c, async (stream) => {
      const gone = new AbortController()
      stream.onAbort(() => gone.abort())
      const beating = heartbeat(stream)
      try {
        await stream.write(`retry: ${RETRY_MS}\n\n`)
        for await (const { id: place, event } of followRun(
          id,
          { after, signal: gone.signal },
          { repositories, live },
        )) {
          await stream.writeSSE({ event: event.type, id: place, data: JSON.stringify(toEventData(event)) })
          if (gone.signal.aborted) return
        }
      } catch (error) {
        // The stream breaks off, and the client comes back with its last id.
        log('error', 'the events of a run broke off', { run: id, error: String(error) })
      } finally {
        clearInterval(beating)
      }
    })
    response.headers.set('cache-control', 'no-store')
    // Proxies that buffer would hold back the events.
    response.headers.set('x-accel-buffering', 'no')
    return response
  })
}

/** Comments, one at a time. A client that does not read gets no more of them. */
function heartbeat(stream: SSEStreamingApi): NodeJS.Timeout {
  let writing = false
  return setInterval(() => {
    if (writing) return
    writing = true
    void stream.write(': still here\n\n').finally(() => {
      writing = false
    })
  }, HEARTBEAT_MS).unref()
}
