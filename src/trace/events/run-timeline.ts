import type { RunRecord } from '../../database/records.ts'
import { type Exchange, exchangeName, type Step, type StepName, stepName } from '../../ledger/exchange.ts'
import { type RecordedRun, recordedValue } from '../../ledger/recorded-run.ts'
import { turnsBefore } from '../conversation.ts'
import { stepOutcome } from '../step-outcome.ts'
import { exchangeEvent, type PlacedEvents, type Position, type RunEvent } from './run-event.ts'

/** A step that has started and not ended, as known to the process that runs it. */
export interface OpenStep extends StepName {
  name: string
  superstep: number
  startedAt: number
}

/**
 * All events of a run that its ledger holds, superstep by superstep, and by time within one. The events of one step are in the order in
 * which they were written, so their positions are the same while the run goes on and afterwards.
 */
export function timeline(
  run: Pick<RunRecord, 'createdAt'>,
  recorded: RecordedRun,
  open: readonly OpenStep[],
): PlacedEvents[] {
  const steps = new Map(recorded.steps.map((step) => [stepName(step), step]))
  const calls = callsByStep(recorded)
  const known = new Map(open.map((step) => [step.name, step]))
  const names = new Set([...steps.keys(), ...calls.keys(), ...known.keys()])
  const timed = [...names].flatMap((name) => {
    const own = calls.get(name) ?? []
    const step = steps.get(name)
    const begun = step ?? known.get(name) ?? guessStarts(recorded, own)
    return begun === null ? [] : eventsOfStep({ name, begun, step, calls: own }, run, recorded)
  })
  return timed
    .sort((a, b) => a.superstep - b.superstep || a.time - b.time)
    .map(({ position, events }) => ({ position, events }))
}

function callsByStep({ exchanges }: RecordedRun): Map<string, Exchange[]> {
  const calls = new Map<string, Exchange[]>()
  for (const call of exchanges) {
    const name = stepName(call)
    const own = calls.get(name)
    if (own === undefined) calls.set(name, [call])
    else own.push(call)
  }
  return calls
}

interface Timed extends PlacedEvents {
  superstep: number
  time: number
}

interface StepRows {
  name: string
  begun: { node: string; superstep: number; startedAt: number }
  step: Step | undefined
  calls: readonly Exchange[]
}

function eventsOfStep(
  { name, begun, step, calls }: StepRows,
  run: Pick<RunRecord, 'createdAt'>,
  recorded: RecordedRun,
): Timed[] {
  const { superstep } = begun
  let latest = begun.startedAt
  const at = (time: number, n: Position['n'], ...events: RunEvent[]): Timed => {
    latest = Math.max(latest, time)
    return { superstep, time: latest, position: { superstep, step: name, n }, events }
  }
  const events = [at(begun.startedAt, 0, startedEvent({ name, ...begun }))]
  calls.forEach((call, index) => {
    const time = call.startedAt + call.ms
    const request = () => recordedValue(recorded, call.request)
    events.push(at(time, index + 1, ...callEvents(call, request, run)))
  })
  if (step !== undefined) {
    const update = step.update === null ? undefined : recordedValue(recorded, step.update)
    events.push(at(step.startedAt + step.ms, '*', endedEvent(step, update)))
  }
  return events
}

export function startedEvent({ name, node, superstep, startedAt }: Omit<OpenStep, 'visit'>): RunEvent {
  return { type: 'step', name, node, superstep, state: 'started', startedAt, ms: null, error: null, abstained: null }
}

export function endedEvent(step: Step, update: unknown): RunEvent {
  const { node, superstep, startedAt, ms, error } = step
  const abstained = stepOutcome(node, update)?.abstained ?? null
  return { type: 'step', name: stepName(step), node, superstep, state: 'ended', startedAt, ms, error, abstained }
}

/** A call, after the rejections of the previous answer that its request reports. */
export function callEvents(call: Exchange, request: () => unknown, run: Pick<RunRecord, 'createdAt'>): RunEvent[] {
  return [...rejections(call, request), exchangeEvent(call, run)]
}

function rejections(call: Exchange, request: () => unknown): RunEvent[] {
  if (call.kind !== 'chat' || call.n === 0) return []
  const before = exchangeName({ ...call, n: call.n - 1 })
  return turnsBefore({ outcome: call.outcome, request: request(), response: null }).flatMap((turn) =>
    turn.kind === 'rejected'
      ? [{ type: 'rejected' as const, step: stepName(call), exchange: before, reason: turn.reason }]
      : [],
  )
}

/**
 * The place of a step that is known only from its calls. If it called while one of the last ended steps ran, it is beside those. Otherwise
 * it is after them.
 */
function guessStarts({ steps }: RecordedRun, calls: readonly Exchange[]): StepRows['begun'] | null {
  const [first] = calls
  if (first === undefined) return null
  const last = Math.max(0, ...steps.map(({ superstep }) => superstep))
  const beside = steps.some((step) => step.superstep === last && first.startedAt < step.startedAt + step.ms)
  return { node: first.node, superstep: beside ? last : last + 1, startedAt: first.startedAt }
}
