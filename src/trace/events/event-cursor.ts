import type { Position } from './run-event.ts'

/** How far somebody has followed a run, as `Last-Event-ID` says it. */
export interface Cursor {
  /** Whether an event was sent before. */
  has(position: Position): boolean
  /** Takes an event as sent. */
  advance(position: Position): void
  /** The same as text: `6:topics.0=3,chapters.0=*`. Opaque to clients. */
  id(): string
}

/** What follows the last event; nothing comes after it. */
export const END = 'end'

const PART = /^([^=,]{1,200})=(\d{1,6}|\*)$/
const MOST = 200

/**
 * A place in a run that holds while it runs and afterwards. Steps of one superstep run at the same time, so the place is how many
 * events of each of them were sent; all earlier supersteps were sent whole, because the next one begins when all of one have ended.
 * What is no such text begins at the start.
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
  if (superstep === undefined || parts.length > MOST) return [-1, new Map()]
  const sent = parts.flatMap((part): [string, number][] =>
    part?.[1] === undefined ? [] : [[part[1], part[2] === '*' ? Number.POSITIVE_INFINITY : Number(part[2])]],
  )
  return [Number(superstep), new Map(sent)]
}
