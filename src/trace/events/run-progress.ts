import type { RunRecord } from '../../database/records.ts'
import { exchangeName, stepName } from '../../ledger/exchange.ts'
import type { LiveEvent } from './live-runs.ts'
import type { PlacedEvents, Position, RunEvent } from './run-event.ts'
import { callEvents, endedEvent, startedEvent } from './run-timeline.ts'

/** Gives live events the positions that they have in the ledger, continuing after what is recorded there. */
export interface Progress {
  /** Null: the event is in the ledger already. `unknown`: only the ledger can tell its position. */
  place(heard: LiveEvent): PlacedEvents | null | 'unknown'
}

export function createProgress(recorded: readonly PlacedEvents[], run: Pick<RunRecord, 'createdAt'>): Progress {
  const supersteps = new Map<string, number>()
  const calls = new Map<string, number>()
  const names = new Set<string>()
  for (const { position, events } of recorded) note(position, events)

  function note({ step, superstep, n }: Position, events: readonly RunEvent[]): void {
    supersteps.set(step, superstep)
    if (typeof n === 'number') calls.set(step, Math.max(n, calls.get(step) ?? 0))
    for (const event of events) if (event.type === 'exchange') names.add(event.name)
  }

  return {
    place(heard) {
      const placed = placedOf(heard)
      if (placed !== null && placed !== 'unknown') note(placed.position, placed.events)
      return placed
    },
  }

  function placedOf(heard: LiveEvent): PlacedEvents | null | 'unknown' {
    switch (heard.kind) {
      case 'started': {
        const { name: step, superstep } = heard.step
        return { position: { superstep, step, n: 0 }, events: [startedEvent(heard.step)] }
      }
      case 'exchange': {
        const { exchange, read } = heard
        const step = stepName(exchange)
        if (names.has(exchangeName(exchange))) return null
        const superstep = supersteps.get(step)
        if (superstep === undefined) return 'unknown'
        const request = exchange.kind === 'chat' ? read(exchange.request) : null
        if (request === undefined) return 'unknown'
        const events = callEvents(exchange, () => request, run)
        return { position: { superstep, step, n: (calls.get(step) ?? 0) + 1 }, events }
      }
      case 'ended': {
        const { step, read } = heard
        const { superstep, update } = step
        const value = update === null ? null : read(update)
        if (value === undefined) return 'unknown'
        const event = endedEvent(step, value)
        return { position: { superstep, step: stepName(step), n: '*' }, events: [event] }
      }
    }
  }
}
