import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import { pruneRuns } from '../../runs/prune-runs.ts'
import { answer, answers, problem, scope } from '../answers/json-answer.ts'
import type { HttpDeps } from '../http-deps.ts'
import { Pruned, PruneRequest } from '../schemas/prune-schemas.ts'

const prune = createRoute({
  method: 'post',
  path: '/v1/prune',
  tags: ['Runs'],
  summary: 'Delete runs by age and number, with what they recorded',
  description:
    'Understandings stay. So does the run that published the current version of an item. Items with a run under way are skipped. Without `endedBefore` and `keepPerItem` no run is deleted.',
  ...scope('operate'),
  request: { body: { required: true, content: { 'application/json': { schema: PruneRequest } } } },
  responses: {
    200: answers(Pruned, 'What was deleted, or would be.'),
    422: problem('The body does not fit its schema.'),
  },
})

export function pruneRoute(app: OpenAPIHono, { service }: HttpDeps): void {
  app.openapi(prune, async (c) => {
    const { endedBefore, keepPerItem, dryRun = false, compact = false } = c.req.valid('json')
    const limits = {
      ...(endedBefore !== undefined && { endedBefore: Date.parse(endedBefore) }),
      ...(keepPerItem !== undefined && { keepPerItem }),
    }
    return answer(Pruned, await pruneRuns({ ...limits, dryRun, compact }, service))
  })
}
