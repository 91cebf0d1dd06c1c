import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import { EXCHANGE_KINDS, type Exchange } from '../../ledger/exchange.ts'
import { answer, answers, problem, scope } from '../answer.ts'
import type { HttpDeps } from '../deps.ts'
import { Problem } from '../problem.ts'
import { readBodies } from '../read-bodies.ts'
import { RunParam } from '../schemas/common.ts'
import { runPath } from '../schemas/run.ts'
import { ExchangeDetail, Steps, toExchange, toStep } from '../schemas/trace.ts'
import { unknownRun } from './runs.ts'

const steps = createRoute({
  method: 'get',
  path: '/v1/runs/{id}/steps',
  tags: ['Runs'],
  summary: 'What a run did, step by step, with the calls it made',
  ...scope('trace'),
  request: { params: RunParam },
  responses: { 200: answers(Steps, 'In order of superstep, then node.'), 404: problem('There is no such run.') },
})

const exchange = createRoute({
  method: 'get',
  path: '/v1/runs/{id}/exchanges/{exchange}',
  tags: ['Runs'],
  summary: 'One call of a run: all that was asked and answered',
  ...scope('trace'),
  request: {
    params: RunParam.extend({ exchange: z.string().describe('Its name, for example `topics.0.chat.2`.') }),
  },
  responses: { 200: answers(ExchangeDetail, 'The call.'), 404: problem('There is no such run or call.') },
})

const Name = z
  .string()
  .regex(/^.+\.\d{1,9}\.[a-z]+\.\d{1,9}$/)
  .transform((name) => {
    const parts = name.split('.')
    const [visit, kind, n] = parts.slice(-3)
    return { node: parts.slice(0, -3).join('.'), visit: Number(visit), kind, n: Number(n) }
  })
  .pipe(z.object({ node: z.string(), visit: z.int32(), kind: z.enum(EXCHANGE_KINDS), n: z.int32() }))

export function traceRoutes(app: OpenAPIHono, { service: { repositories } }: HttpDeps): void {
  const { runs, trace, blobs } = repositories

  app.openapi(steps, async (c) => {
    const { id } = c.req.valid('param')
    const run = await runs.get(id)
    if (run === null) throw unknownRun(id)
    const [recorded, exchanges] = await Promise.all([trace.steps(id), trace.exchanges(id)])
    const bodyOf = await readBodies(
      blobs,
      run.itemId,
      recorded.flatMap(({ update }) => update ?? []),
    )
    const ended = new Set(recorded.map(({ node, visit }) => `${node}.${visit}`))
    const open = exchanges.filter(({ node, visit }) => !ended.has(`${node}.${visit}`))
    return answer(Steps, {
      run: id,
      steps: recorded.map((step) => toStep(id, step, step.update === null ? null : bodyOf(step.update), exchanges)),
      open: open.map((call) => toExchange(id, call)),
    })
  })

  app.openapi(exchange, async (c) => {
    const { id, exchange: name } = c.req.valid('param')
    const run = await runs.get(id)
    if (run === null) throw unknownRun(id)
    const found = await find(id, name)
    if (found === null)
      throw new Problem('not-found', `run ${id} made no call "${name}"; GET ${runPath(id)}/steps names them`)
    const bodyOf = await readBodies(blobs, run.itemId, [found.request, found.response])
    const bodies = { request: bodyOf(found.request), response: bodyOf(found.response) }
    return answer(ExchangeDetail, { ...toExchange(id, found), ...bodies })
  })

  async function find(runId: string, name: string): Promise<Exchange | null> {
    const position = Name.safeParse(name).data
    return position === undefined ? null : trace.exchange(runId, position)
  }
}
