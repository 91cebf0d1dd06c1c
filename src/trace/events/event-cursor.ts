import type { Position } from './run-event.ts'

/** How far a client has followed a run, as `Last-Event-ID` says it. */
export interface Cursor {
  /** Whether an event was sent before. */
  has(position: Position): boolean
  /** Marks an event as sent. */
  advance(position: Position): void
  /** The same as text: `6:topics.0=3,chapters.0=*`. Clients must not interpret it. */
  id(): string
}

/** The cursor after the last event. */
export const END = 'end'

const PART = /^([^=,]{1,200})=(\d{1,6}|\*)$/
const MAX_ENTRIES = 200

/**
 * A place in a run that is valid both while the run goes on and afterwards. The steps of one superstep run at the same time, so the place
 * counts how many events of each step were sent. All earlier supersteps were sent completely, because the next one begins only when all
 * steps of one have ended. A text that is not a valid cursor stands for the start.
 */
export function openCursor(id?: string): Cursor {
  let [superstep, sent] = read(id)
  return {
    has: ({ superstep: at, step, n }) => at < superstep || (at === superstep && order(n) <= (sent.get(step) ?? -1)),
    advance({ superstep: at, step, n }) {
      if (at > superstep) [superstep, sent] = [at, new Map()]
      if (at === superstep) sent.set(step, Math.max(order(n), sent.get(step) ?? -1))
    },
    id: () => `${superstep}:${[...sent].map(([step, n]) => `${step}=${n === Number.POSITIVE_INFINITY ? '*' : n}`)}`,
  }
}

const order = (n: number | '*'): number => (n === '*' ? Number.POSITIVE_INFINITY : n)

function read(id: string | undefined): [number, Map<string, number>] {
  const [, superstep, list = ''] = /^(\d{1,6}):(.*)$/.exec(id ?? '') ?? []
  const parts = list.split(',').map((part) => PART.exec(part))
  if (superstep === undefined || parts.length > MAX_ENTRIES) return [-1, new Map()]
  const sent = parts.flatMap((part): [string, number][] =>
    part?.[1] === undefined ? [] : [[part[1], part[2] === '*' ? Number.POSITIVE_INFINITY : Number(part[2])]],
  )
  return [Number(superstep), new Map(sent)]
}
