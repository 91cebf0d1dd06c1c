import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import type { Sha256 } from '../../content/text/hash.ts'
import { type RecordedRun, recordedValue } from '../../ledger/recorded-run.ts'
import { exchangeDetail, openCalls, stepNames } from '../../trace/exchange-detail.ts'
import { stepDetail } from '../../trace/step-detail.ts'
import { answer, answers, problem, scope } from '../answers/json-answer.ts'
import { unknownExchange, unknownRun, unknownStep } from '../answers/refusals.ts'
import type { HttpDeps } from '../http-deps.ts'
import { Json, RunParam } from '../schemas/common-schemas.ts'
import { StepDetailDocument, toStepDetail } from '../schemas/step-schemas.ts'
import { ExchangeDetail, Steps, toExchange, toStep } from '../schemas/trace-schemas.ts'

const steps = createRoute({
  method: 'get',
  path: '/v1/runs/{id}/steps',
  tags: ['Runs'],
  summary: 'What a run did, step by step, with its calls',
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
  summary: 'One call of a run: everything that was asked and answered',
  ...scope('trace'),
  request: {
    params: RunParam.extend({ exchange: z.string().describe('Its name, for example `topics.0.chat.2`.') }),
  },
  responses: { 200: answers(ExchangeDetail, 'The call.'), 404: problem('There is no such run or call.') },
})

export function traceRoutes(app: OpenAPIHono, { service: { repositories } }: HttpDeps): void {
  app.openapi(steps, async (c) => {
    const { id } = c.req.valid('param')
    const recorded = await load(id)
    return answer(Steps, {
      run: id,
      steps: recorded.steps.map((step) =>
        toStep(id, step, step.update === null ? null : jsonOf(recorded, step.update), recorded.exchanges),
      ),
      open: openCalls(recorded).map((call) => toExchange(id, call)),
    })
  })

  app.openapi(step, async (c) => {
    const { id, step: name } = c.req.valid('param')
    const recorded = await load(id)
    const detail = stepDetail(recorded, name)
    if (detail === null) throw unknownStep(id, name, stepNames(recorded))
    return answer(StepDetailDocument, toStepDetail(id, detail))
  })

  app.openapi(exchange, async (c) => {
    const { id, exchange: name } = c.req.valid('param')
    const found = exchangeDetail(await load(id), name)
    if (found === null) throw unknownExchange(id, name)
    const bodies = { request: Json.parse(found.request ?? null), response: Json.parse(found.response ?? null) }
    return answer(ExchangeDetail, { ...toExchange(id, found.exchange), ...bodies })
  })

  async function load(id: string): Promise<RecordedRun> {
    if ((await repositories.runs.get(id)) === null) throw unknownRun(id)
    return repositories.trace.load(id)
  }
}

/** The JSON behind a hash; null where the blob is gone. */
function jsonOf(run: RecordedRun, hash: Sha256): Json {
  return Json.parse(recordedValue(run, hash) ?? null)
}
