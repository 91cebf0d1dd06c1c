import { z } from 'zod'
import {
  Cost,
  EXCHANGE_KINDS,
  type Exchange,
  exchangeName,
  OUTCOMES,
  type Step,
  stepName,
} from '../../ledger/exchange.ts'
import { Instant, instant, Json } from './common-schemas.ts'
import { runPath } from './run-schemas.ts'

const ExchangeHead = z.object({
  name: z.string().describe('`node.visit.kind.n`, for example `topics.0.chat.2`.'),
  kind: z.enum(EXCHANGE_KINDS),
  outcome: z.enum(OUTCOMES),
  startedAt: Instant,
  ms: z.number().describe('How long the far side took.'),
  retries: z.int(),
  cost: Cost.nullable(),
  links: z.object({ self: z.string() }),
})

/** One call that left the process, without its bodies. */
export const ExchangeEntry = ExchangeHead.meta({ id: 'ExchangeEntry' })

/** One call with all that was asked and answered. */
export const ExchangeDetail = z
  .object({ ...ExchangeHead.shape, request: Json, response: Json })
  .meta({ id: 'ExchangeDetail' })

/** One node's execution, with its calls. */
export const StepEntry = z
  .object({
    name: z.string().describe('`node.visit`, for example `topics.0`.'),
    node: z.string(),
    visit: z.int(),
    superstep: z.int(),
    startedAt: Instant,
    ms: z.number(),
    error: z.string().nullable(),
    update: Json.describe('What the step changed in the state. Null if it failed.'),
    exchanges: z.array(ExchangeEntry),
  })
  .meta({ id: 'Step' })

/** `open`: the calls of steps that did not end. */
export const Steps = z
  .object({ run: z.string(), steps: z.array(StepEntry), open: z.array(ExchangeEntry) })
  .meta({ id: 'Steps' })

export function toExchange(runId: string, exchange: Exchange): z.output<typeof ExchangeEntry> {
  const { kind, outcome, startedAt, ms, retries, cost } = exchange
  const name = exchangeName(exchange)
  const self = `${runPath(runId)}/exchanges/${encodeURIComponent(name)}`
  return { name, kind, outcome, startedAt: instant(startedAt), ms, retries, cost, links: { self } }
}

export function toStep(
  runId: string,
  step: Step,
  update: Json,
  exchanges: readonly Exchange[],
): z.output<typeof StepEntry> {
  const { node, visit, superstep, startedAt, ms, error } = step
  const own = exchanges.filter((exchange) => exchange.node === node && exchange.visit === visit)
  return {
    name: stepName(step),
    node,
    visit,
    superstep,
    startedAt: instant(startedAt),
    ms,
    error,
    update,
    exchanges: own.map((exchange) => toExchange(runId, exchange)),
  }
}
