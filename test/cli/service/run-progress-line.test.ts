import { expect, it } from 'vitest'
import { waitForRun } from '../../../src/cli/service/run-item.ts'
import { createProgress } from '../../../src/cli/service/run-progress-line.ts'
import type { RunView } from '../../../src/cli/service/service-answers.ts'
import { createClient } from '../../../src/cli/service/service-client.ts'
import { serverConnection } from '../../../src/cli/service/service-connection.ts'
import { fakeTerminal } from '../fake-terminal.ts'

const run: RunView = {
  id: 'r1',
  itemId: 'looms',
  status: 'running',
  effort: 'quick',
  attempt: 1,
  createdAt: '2026-01-31T08:00:00.000Z',
  startedAt: '2026-01-31T08:00:00.000Z',
  finishedAt: null,
  error: null,
  version: null,
  parentRunId: null,
  summary: null,
  config: {},
}
const sent = (id: string, event: string, data: object) =>
  `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`
const step = (name: string, state: 'started' | 'ended') => sent(`${name} ${state}`, 'step', { name, state })

it('moves on with the events of the run, and asks nothing else while the run works', async () => {
  const asked: string[] = []
  const streams = [
    // A connection that breaks off is taken up where it was.
    [sent('run', 'run', { status: 'running' }), step('intake.0', 'started'), step('intake.0', 'ended')],
    [
      sent('run', 'run', { status: 'running' }),
      ...['topics.0', 'summary.0'].map((name) => step(name, 'started')),
      step('topics.0', 'ended'),
      step('summary.0', 'ended'),
      step('publish.0', 'ended'),
      sent('end', 'end', { status: 'complete', version: 1 }),
    ],
  ]
  const connection = serverConnection({ url: 'http://a.example', token: 't' }, async (input, init) => {
    const { pathname } = new URL(String(input))
    asked.push(`${pathname} ${new Headers(init?.headers).get('last-event-id') ?? ''}`.trim())
    if (pathname.endsWith('/events')) return new Response(streams.shift()?.join('') ?? '')
    return Response.json({ ...run, status: 'complete', version: 1 })
  })
  const terminal = fakeTerminal()
  const progress = createProgress({ terminal, label: '1/2 ' })
  const signal = new AbortController().signal
  expect(await waitForRun(createClient(connection, signal), run, progress, signal)).toMatchObject({
    status: 'complete',
    version: 1,
  })
  expect(asked).toEqual(['/v1/runs/r1/events', '/v1/runs/r1/events intake.0 ended', '/v1/runs/r1'])
  const drawn = terminal.written.err.split('\r\x1b[2K')
  expect(drawn).toContainEqual(expect.stringMatching(/^━━─+ 1\/2 \S+ ms transcript$|^━━─+ 1\/2 \S+ s transcript$/))
  expect(drawn).toContainEqual(expect.stringContaining('agents 0/2'))
  expect(drawn).toContainEqual(expect.stringContaining('agents 1/2'))
  expect(drawn.at(-2)).toMatch(/^━{20} /)
  expect(drawn.at(-1)).toBe('')
})
