import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import type { Sha256 } from '../../content/text/hash.ts'
import { exchangeName, stepName } from '../../ledger/exchange.ts'
import { type RecordedRun, recordedValue } from '../../ledger/recorded-run.ts'
import { stepDetail } from '../../trace/step-detail.ts'
import { answer, answers, problem, scope } from '../answers/json-answer.ts'
import { Problem } from '../answers/problem.ts'
import type { HttpDeps } from '../http-deps.ts'
import { Json, RunParam } from '../schemas/common-schemas.ts'
import { runPath } from '../schemas/run-schemas.ts'
import { StepDetailDocument, toStepDetail } from '../schemas/step-schemas.ts'
import { ExchangeDetail, Steps, toExchange, toStep } from '../schemas/trace-schemas.ts'
import { unknownRun } from './runs-routes.ts'

const steps = createRoute({
  method: 'get',
  path: '/v1/runs/{id}/steps',
  tags: ['Runs'],
  summary: 'What a run did, step by step, with the calls it made',
  ...scope('trace'),
  request: { params: RunParam },
  responses: { 200: answers(Steps, 'In order of superstep, then node.'), 404: problem('There is no such run.') },
})

const step = createRoute({
  method: 'get',
  path: '/v1/runs/{id}/steps/{step}',
  tags: ['Runs'],
  summary: "One step: state before and after, the agent's conversation, what was found",
  ...scope('trace'),
  request: { params: RunParam.extend({ step: z.string().describe('Its name, for example `topics.0`.') }) },
  responses: { 200: answers(StepDetailDocument, 'The step.'), 404: problem('There is no such run or step.') },
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

export function traceRoutes(app: OpenAPIHono, { service: { repositories } }: HttpDeps): void {
  const { runs, trace } = repositories

  app.openapi(steps, async (c) => {
    const { id } = c.req.valid('param')
    const run = await runs.get(id)
    if (run === null) throw unknownRun(id)
    const recorded = await trace.load(id)
    const { steps: done, exchanges } = recorded
    const ended = new Set(done.map(({ node, visit }) => `${node}.${visit}`))
    const open = exchanges.filter(({ node, visit }) => !ended.has(`${node}.${visit}`))
    return answer(Steps, {
      run: id,
      steps: done.map((step) =>
        toStep(id, step, step.update === null ? null : jsonOf(recorded, step.update), exchanges),
      ),
      open: open.map((call) => toExchange(id, call)),
    })
  })

  app.openapi(step, async (c) => {
    const { id, step: name } = c.req.valid('param')
    if ((await runs.get(id)) === null) throw unknownRun(id)
    const recorded = await trace.load(id)
    const detail = stepDetail(recorded, name)
    if (detail === null) throw unknownStep(id, name, recorded)
    return answer(StepDetailDocument, toStepDetail(id, detail))
  })

  app.openapi(exchange, async (c) => {
    const { id, exchange: name } = c.req.valid('param')
    const run = await runs.get(id)
    if (run === null) throw unknownRun(id)
    const recorded = await trace.load(id)
    const found = recorded.exchanges.find((call) => exchangeName(call) === name)
    if (found === undefined)
      throw new Problem('not-found', `run ${id} made no call "${name}"; GET ${runPath(id)}/steps names them`)
    const bodies = { request: jsonOf(recorded, found.request), response: jsonOf(recorded, found.response) }
    return answer(ExchangeDetail, { ...toExchange(id, found), ...bodies })
  })
}

function unknownStep(runId: string, name: string, { steps, exchanges }: RecordedRun): Problem {
  const names = [...new Set([...steps.map(stepName), ...exchanges.map(stepName)])]
  const known = names.length === 0 ? 'it has recorded none yet' : `there are ${names.join(', ')}`
  return new Problem('not-found', `run ${runId} has no step "${name}"; ${known}`)
}

/** The JSON behind a hash; null where the blob is gone. */
function jsonOf(run: RecordedRun, hash: Sha256): Json {
  return Json.parse(recordedValue(run, hash) ?? null)
}
