import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { compareRuns } from '../../trace/compare-runs.ts'
import { answer, answers, problem, scope } from '../answers/json-answer.ts'
import { unknownRun } from '../answers/refusals.ts'
import type { HttpDeps } from '../http-deps.ts'
import { RunParam } from '../schemas/common-schemas.ts'
import { RunDiff, toRunDiff } from '../schemas/diff-schemas.ts'

const diff = createRoute({
  method: 'get',
  path: '/v1/runs/{id}/diff/{other}',
  tags: ['Runs'],
  summary: 'How two runs differ: the first step that differs, and label by label',
  description: "The clock and the item's earlier versions differ between any two runs. Such differences are left out.",
  ...scope('trace'),
  request: { params: RunParam.extend({ other: z.string().describe("The other run's id.") }) },
  responses: { 200: answers(RunDiff, 'From `id` to `other`.'), 404: problem('There is no such run.') },
})

export function diffRoute(app: OpenAPIHono, { service: { repositories } }: HttpDeps): void {
  app.openapi(diff, async (c) => {
    const { id, other } = c.req.valid('param')
    const found = await compareRuns(id, other, repositories)
    if (found.kind === 'unknown') throw unknownRun(found.id)
    return answer(RunDiff, toRunDiff(id, other, found.diff))
  })
}
