import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { documentOfRun } from '../../recordings/run-document.ts'
import { type ComparedRun, diffRuns } from '../../trace/trace-diff.ts'
import { answer, answers, problem, scope } from '../answers/json-answer.ts'
import type { HttpDeps } from '../http-deps.ts'
import { RunParam } from '../schemas/common-schemas.ts'
import { RunDiff, toRunDiff } from '../schemas/diff-schemas.ts'
import { unknownRun } from './runs-routes.ts'

const diff = createRoute({
  method: 'get',
  path: '/v1/runs/{id}/diff/{other}',
  tags: ['Runs'],
  summary: 'How two runs differ: which step first, and label by label',
  description: "What the clock and the item's earlier versions said differs between any two runs and is passed over.",
  ...scope('trace'),
  request: { params: RunParam.extend({ other: z.string().describe("The other run's id.") }) },
  responses: { 200: answers(RunDiff, 'From `id` to `other`.'), 404: problem('There is no such run.') },
})

export function diffRoute(app: OpenAPIHono, { service: { repositories } }: HttpDeps): void {
  const { runs, trace } = repositories

  app.openapi(diff, async (c) => {
    const { id, other } = c.req.valid('param')
    const [a, b] = await Promise.all([compared(id), compared(other)])
    return answer(RunDiff, toRunDiff(id, other, diffRuns(a, b)))
  })

  async function compared(id: string): Promise<ComparedRun> {
    const run = await runs.get(id)
    if (run === null) throw unknownRun(id)
    const recorded = await trace.load(id)
    return { recorded, document: await documentOfRun(repositories, run, recorded) }
  }
}
