import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { RUN_STATUSES } from '../../ledger/run-end.ts'
import { answer, answers, problem, scope } from '../answers/json-answer.ts'
import { unknownRun } from '../answers/refusals.ts'
import type { HttpDeps } from '../http-deps.ts'
import { idPrefix, nextLink, numberOf, pageRequest, paging, RunParam } from '../schemas/common-schemas.ts'
import { RunAnswer, RunPage, toRun } from '../schemas/run-schemas.ts'

const list = createRoute({
  method: 'get',
  path: '/v1/runs',
  tags: ['Runs'],
  summary: 'Runs, newest first',
  description: 'The cost, models, prompts and failures of a run are known only when it has ended.',
  ...scope('read'),
  request: {
    query: z.strictObject({
      item: z.string().optional().describe("An item's id."),
      ...idPrefix,
      status: z.enum(RUN_STATUSES).optional(),
      unchanged: z
        .enum(['true', 'false'])
        .optional()
        .describe('`false` leaves out runs that ended `unchanged`: they found nothing to do.'),
      failed: z
        .string()
        .optional()
        .describe('A node that failed, or an agent whose model or answers failed: `topics`.'),
      model: z.string().optional().describe('A model that was asked: `openai:gpt-5-mini`, `extractive/1`.'),
      prompt: z.string().optional().describe('A version of a prompt that was used: `topics/v1`.'),
      costOver: numberOf(z.coerce.number({ error: 'give an amount in US dollars, 0 or more' }).min(0))
        .optional()
        .describe('Runs that cost more than this many US dollars.'),
      since: z.iso.datetime({ offset: true }).optional().describe('Runs created at or after this time, ISO 8601.'),
      ...paging,
    }),
  },
  responses: { 200: answers(RunPage, 'A page of runs.'), 400: problem('A parameter or the cursor is wrong.') },
})

const one = createRoute({
  method: 'get',
  path: '/v1/runs/{id}',
  tags: ['Runs'],
  summary: 'A run: its status, and how it ended',
  ...scope('read'),
  request: { params: RunParam },
  responses: { 200: answers(RunAnswer, 'The run.'), 404: problem('There is no such run.') },
})

const cancel = createRoute({
  method: 'post',
  path: '/v1/runs/{id}/cancel',
  tags: ['Runs'],
  summary: 'Stop a run, so that it publishes nothing',
  description: 'Cancelling a run that is over changes nothing. The run is over when its status is `cancelled`.',
  ...scope('operate'),
  request: { params: RunParam },
  responses: { 202: answers(RunAnswer, 'The run, asked to stop.'), 404: problem('There is no such run.') },
})

export function runRoutes(app: OpenAPIHono, { service: { repositories, runs } }: HttpDeps): void {
  app.openapi(list, async (c) => {
    const { idPrefix, item, status, unchanged, since, failed, model, prompt, costOver, ...page } = c.req.valid('query')
    const filter = {
      ...(idPrefix !== undefined && { idPrefix }),
      ...(item !== undefined && { itemId: item }),
      ...(status && { status }),
      ...(unchanged !== undefined && { unchanged: unchanged === 'true' }),
      ...(failed !== undefined && { failedNode: failed }),
      ...(model !== undefined && { model }),
      ...(prompt !== undefined && { prompt }),
      ...(costOver !== undefined && { costOver }),
      ...(since !== undefined && { since: Date.parse(since) }),
    }
    const { entries, next } = await repositories.runs.list(filter, pageRequest(page))
    return answer(RunPage, { entries: entries.map(toRun), next }, { headers: nextLink(c.req.url, next) })
  })

  app.openapi(one, async (c) => {
    const { id } = c.req.valid('param')
    const run = await repositories.runs.get(id)
    if (run === null) throw unknownRun(id)
    return answer(RunAnswer, toRun(run))
  })

  app.openapi(cancel, async (c) => {
    const { id } = c.req.valid('param')
    const run = await runs.cancel(id)
    if (run === null) throw unknownRun(id)
    return answer(RunAnswer, toRun(run), { status: 202 })
  })
}
