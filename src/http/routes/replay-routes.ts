import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import { ReplayRequest } from '../../replay/process/replay-messages.ts'
import { ReplayReport } from '../../replay/replay-report.ts'
import { replayStored } from '../../replay/replay-stored.ts'
import { answer, answers, problem, scope } from '../answers/json-answer.ts'
import { runRefusal } from '../answers/refusals.ts'
import type { HttpDeps } from '../http-deps.ts'
import { RunParam } from '../schemas/common-schemas.ts'

const replay = createRoute({
  method: 'post',
  path: '/v1/runs/{id}/replay',
  tags: ['Runs'],
  summary: "Run today's code on what a run has recorded, and report where it first differs",
  description:
    "Today's graph, prompts and code work on the recorded answers, in a process that cannot open connections. Nothing is asked, written, published or indexed, and the run does not change. The answer is a report whether or not anything differs: see `identical`.",
  ...scope('operate'),
  request: {
    params: RunParam,
    body: { required: false, content: { 'application/json': { schema: ReplayRequest } } },
  },
  responses: {
    200: answers(ReplayReport, 'What the replay found.'),
    404: problem('There is no such run.'),
    409: problem('The run is not over, or not everything that a replay needs is in the database.'),
    422: problem('The body names a prompt or an exchange that does not exist, or an answer that is not valid.'),
    500: problem("Today's code is broken, or has tried to reach something outside of its process."),
  },
})

export function replayRoute(app: OpenAPIHono, { service }: HttpDeps): void {
  app.openapi(replay, async (c) => {
    const { id } = c.req.valid('param')
    const request = ReplayRequest.parse(c.req.valid('json') ?? {})
    try {
      return answer(ReplayReport, await replayStored(id, request, service, c.req.raw.signal))
    } catch (error) {
      throw runRefusal(error)
    }
  })
}
