import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import { ForkRequest } from '../../replay/fork/fork-request.ts'
import { answer, answers, problem, scope } from '../answers/json-answer.ts'
import { runRefusal } from '../answers/refusals.ts'
import type { HttpDeps } from '../http-deps.ts'
import { RunParam } from '../schemas/common-schemas.ts'
import { RunAnswer, runPath, toRun } from '../schemas/run-schemas.ts'

const fork = createRoute({
  method: 'post',
  path: '/v1/runs/{id}/fork',
  tags: ['Runs'],
  summary: 'Run a part of a run anew, from a step on or with other models, and serve the rest from the recorded run',
  description:
    'With `at`, the step and everything downstream of it go live. With `live`, models answer anew, and everything else is served if it is recorded. The fork is a run of its own. It never changes its parent and publishes nothing. Its document is kept with it.',
  ...scope('operate'),
  request: {
    params: RunParam,
    body: { required: true, content: { 'application/json': { schema: ForkRequest } } },
  },
  responses: {
    202: {
      ...answers(RunAnswer, 'The fork, which goes on; follow `Location`.'),
      headers: { Location: { schema: { type: 'string' } } },
    },
    404: problem('There is no such run.'),
    409: problem('The run is not over, or not everything that a fork needs is in the database.'),
    422: problem('The run never reached that step, or an agent or prompt does not exist.'),
  },
})

export function forkRoute(app: OpenAPIHono, { service }: HttpDeps): void {
  app.openapi(fork, async (c) => {
    const { id } = c.req.valid('param')
    try {
      const started = await service.fork(id, c.req.valid('json'))
      return answer(RunAnswer, toRun(started), { status: 202, headers: { location: runPath(started.id) } })
    } catch (error) {
      throw runRefusal(error)
    }
  })
}
