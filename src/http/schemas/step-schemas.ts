import { z } from 'zod'
import { Finding } from '../../content/understanding-schema.ts'
import { Cost, OUTCOMES, stepName } from '../../ledger/exchange.ts'
import type { AgentRound } from '../../trace/agent-rounds.ts'
import type { StepDetail } from '../../trace/step-detail.ts'
import { Instant, instant, instantOrNull, Json } from './common-schemas.ts'
import { runPath } from './run-schemas.ts'
import { ExchangeEntry, toExchange } from './trace-schemas.ts'

/** RFC 6902. */
const PatchOperation = z
  .discriminatedUnion('op', [
    z.object({ op: z.literal('add'), path: z.string(), value: Json }),
    z.object({ op: z.literal('replace'), path: z.string(), value: Json }),
    z.object({ op: z.literal('remove'), path: z.string() }),
  ])
  .meta({ id: 'PatchOperation' })

const AgentCall = z.object({
  tool: z.string().describe('A tool, or `submit_<agent>` with the answer.'),
  arguments: Json.describe('As the model wrote them.'),
  result: Json.describe('What the tool returned. Null if nothing came back to the model.'),
  rejected: z.string().nullable().describe('What was wrong, as the model was told.'),
})

/** One turn of an agent's conversation with its model. */
const Round = z
  .object({
    exchange: z.string(),
    conversation: z.int().describe('A second opinion is a conversation of its own.'),
    model: z.string().nullable(),
    outcome: z.enum(OUTCOMES),
    startedAt: Instant,
    ms: z.number(),
    cost: Cost.nullable(),
    said: z.string().nullable(),
    calls: z.array(AgentCall),
    rejected: z.string().nullable().describe('Why the answer was sent back as a whole.'),
    cutOff: z.boolean(),
    failed: z.string().nullable().describe('Why there was no answer.'),
    retries: z.array(z.object({ reason: z.string(), waitedMs: z.number() })),
  })
  .meta({ id: 'AgentRound' })

/** One step with all that is recorded of it. `superstep`, `startedAt`, `ms` and `state` are null until it has ended. */
export const StepDetailDocument = z
  .object({
    run: z.string(),
    name: z.string(),
    node: z.string(),
    visit: z.int(),
    superstep: z.int().nullable(),
    startedAt: Instant.nullable(),
    ms: z.number().nullable(),
    error: z.string().nullable(),
    state: z
      .object({
        before: Json.describe('The state when its superstep began. Steps that ran at the same time share it.'),
        update: Json.describe('What it changed. Null if it failed.'),
        patch: z.array(PatchOperation).describe('From `before` to the state after this step alone (RFC 6902).'),
      })
      .nullable(),
    cost: Cost.describe('The cost of all its calls.'),
    exchanges: z.array(ExchangeEntry),
    rounds: z.array(Round).describe("The agent's conversation with its model."),
    findings: z
      .array(Finding)
      .describe('What verifier and critic found in this round: about this step, or as this step.'),
    links: z.object({ self: z.string(), run: z.string() }),
  })
  .meta({ id: 'StepDetail' })

export const stepPath = (runId: string, name: string): string => `${runPath(runId)}/steps/${encodeURIComponent(name)}`

export function toStepDetail(runId: string, detail: StepDetail): z.output<typeof StepDetailDocument> {
  const { node, visit, step, state, exchanges, rounds, findings, cost } = detail
  const name = stepName(detail)
  return {
    run: runId,
    name,
    node,
    visit,
    superstep: step?.superstep ?? null,
    startedAt: instantOrNull(step?.startedAt ?? null),
    ms: step?.ms ?? null,
    error: step?.error ?? null,
    state:
      state === null
        ? null
        : {
            before: Json.parse(state.before),
            update: Json.parse(state.update),
            patch: z.array(PatchOperation).parse(state.patch),
          },
    cost,
    exchanges: exchanges.map((call) => toExchange(runId, call)),
    rounds: rounds.map(toRound),
    findings,
    links: { self: stepPath(runId, name), run: runPath(runId) },
  }
}

function toRound({ startedAt, calls, ...round }: AgentRound): z.output<typeof Round> {
  return {
    ...round,
    startedAt: instant(startedAt),
    calls: calls.map(({ tool, arguments: given, result, rejected }) => ({
      tool,
      arguments: Json.parse(given ?? null),
      result: Json.parse(result ?? null),
      rejected,
    })),
  }
}
