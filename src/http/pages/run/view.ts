import { z } from 'zod'
import type { RunRecord } from '../../../database/records.ts'
import {
  addCosts,
  type Cost,
  type Exchange,
  exchangeName,
  NO_COST,
  type Step,
  type StepName,
  stepName,
} from '../../../ledger/exchange.ts'
import { type RecordedRun, recordedValue } from '../../../ledger/recorded-run.ts'
import type { RunStatus } from '../../../ledger/run-end.ts'
import { type AgentRound, agentRounds } from '../../../trace/agent-rounds.ts'
import { RecordedFailure } from '../../../trace/conversation.ts'
import type { OpenStep } from '../../../trace/events/run-timeline.ts'
import { stepOutcome } from '../../../trace/step-outcome.ts'
import { groupBy } from '../parts/group-by.ts'

/** One line of the waterfall. Times are milliseconds after the run's start. */
export interface StepLine {
  name: string
  node: string
  visit: number
  superstep: number | null
  from: number
  ms: number
  /** `open`: it has started or made calls, and has not ended. */
  state: 'done' | 'failed' | 'abstained' | 'open'
  /** Why it failed or abstained. */
  reason: string | null
  /** How much of its time it spent on reading the item into vectors on this machine. Null if it did not, or if calls show it. */
  readingMs: number | null
  tokens: Cost
  rejected: number
  calls: CallLine[]
}

export interface CallLine {
  name: string
  kind: Exchange['kind']
  from: number
  /** True for a call that a fork copied from its parent. */
  served: boolean
  ms: number
  outcome: Exchange['outcome']
  retries: number
  /** What the model asked for, or why the call failed. One line. */
  note: string | null
  /** Why the model's answer was sent back. */
  rejections: string[]
}

export interface Totals extends Cost {
  calls: number
}

export interface RunView {
  id: string
  status: RunStatus
  live: boolean
  steps: StepLine[]
  totals: Totals
  /** The run's length so far, which is the span of the waterfall. */
  spanMs: number
}

export const isLive = (status: RunStatus): boolean => status === 'queued' || status === 'running'

/** What a run did, for its page, with the steps that the process that runs it knows to have started and not ended. */
export function viewRun(
  run: Pick<RunRecord, 'id' | 'status' | 'createdAt' | 'startedAt' | 'finishedAt'>,
  recorded: RecordedRun,
  started: readonly OpenStep[] = [],
): RunView {
  const start = run.startedAt ?? run.createdAt
  const ended = recorded.steps.map((step) => lineOf(step, recorded, start))
  const known = new Set(ended.map(({ name }) => name))
  const calls = groupBy(recorded.exchanges, stepName)
  const begun = new Map(started.map((step) => [step.name, step]))
  const open = [...new Set([...begun.keys(), ...calls.keys()])].filter((name) => !known.has(name))
  const steps = [
    ...ended,
    ...open.flatMap((name) => {
      const own = calls.get(name) ?? []
      const step = begun.get(name) ?? own[0]
      return step === undefined ? [] : [openLine(step, own, recorded, start)]
    }),
  ]
  const ends = steps.flatMap(({ from, ms, calls }) => [from + ms, ...calls.map((call) => call.from + call.ms)])
  return {
    id: run.id,
    status: run.status,
    live: isLive(run.status),
    steps,
    totals: totalsOf(recorded.exchanges),
    spanMs: Math.max(1, run.finishedAt === null ? 0 : run.finishedAt - start, ...ends),
  }
}

function lineOf(step: Step, recorded: RecordedRun, start: number): StepLine {
  const { node, visit, superstep, startedAt, ms, error, update } = step
  const exchanges = recorded.exchanges.filter((call) => call.node === node && call.visit === visit)
  const value = update === null ? undefined : recordedValue(recorded, update)
  const { abstained = null, rejected = 0 } = stepOutcome(node, value) ?? {}
  return {
    name: stepName(step),
    node,
    visit,
    superstep,
    from: startedAt - start,
    ms,
    state: error !== null ? 'failed' : abstained !== null ? 'abstained' : 'done',
    reason: error ?? abstained,
    readingMs: exchanges.some(({ kind }) => kind === 'embed') ? null : embeddingMs(value),
    tokens: totalsOf(exchanges),
    rejected,
    calls: callLines(step, exchanges, recorded, start),
  }
}

/** What {@link StepLine.readingMs} was spent on. */
export const EMBEDDED_HERE = 'the item was embedded on this machine'
const EmbeddingTime = z.object({ nearby: z.object({ ms: z.number().min(1) }) })
const embeddingMs = (update: unknown): number | null => EmbeddingTime.safeParse(update).data?.nearby.ms ?? null

function openLine(
  { node, visit, startedAt }: OpenStep | Exchange,
  exchanges: readonly Exchange[],
  recorded: RecordedRun,
  start: number,
): StepLine {
  const calls = callLines({ node, visit }, exchanges, recorded, start)
  const from = Math.max(0, Math.min(startedAt - start, ...calls.map((call) => call.from)))
  return {
    name: stepName({ node, visit }),
    node,
    visit,
    superstep: null,
    from,
    ms: Math.max(from, ...calls.map((call) => call.from + call.ms)) - from,
    state: 'open',
    reason: null,
    readingMs: null,
    tokens: totalsOf(exchanges),
    rejected: 0,
    calls,
  }
}

/** The calls of one step, with what was said in its conversation. */
function callLines(step: StepName, exchanges: readonly Exchange[], recorded: RecordedRun, start: number): CallLine[] {
  const rounds = new Map(agentRounds(recorded, step).map((round) => [round.exchange, round]))
  return exchanges.map((call) => {
    const { kind, outcome, ms, retries } = call
    const name = exchangeName(call)
    const round = rounds.get(name)
    return {
      name,
      kind,
      from: call.startedAt - start,
      served: call.startedAt < start,
      ms,
      outcome,
      retries,
      note: round === undefined ? failureOf(call, recorded) : noteOf(round),
      rejections: round === undefined ? [] : rejectionsOf(round),
    }
  })
}

function failureOf({ outcome, response }: Exchange, recorded: RecordedRun): string | null {
  if (outcome === 'ok') return null
  return RecordedFailure.safeParse(recordedValue(recorded, response)).data?.message ?? outcome
}

function rejectionsOf({ rejected, calls }: AgentRound): string[] {
  return [...calls.map((call) => call.rejected), rejected].filter((reason) => reason !== null)
}

function noteOf({ failed, said, calls, cutOff }: AgentRound): string {
  const words = [...(said === null ? [] : ['prose']), ...calls.map(({ tool }) => tool), ...(cutOff ? ['cut off'] : [])]
  const counted = [...groupBy(words, (word) => word)].map(([word, all]) =>
    all.length === 1 ? word : `${word} ×${all.length}`,
  )
  return failed ?? counted.join(', ')
}

function totalsOf(exchanges: readonly Exchange[]): Totals {
  const costs = exchanges.flatMap(({ cost }) => cost ?? [])
  return { ...costs.reduce<Cost>(addCosts, NO_COST), calls: exchanges.length }
}
