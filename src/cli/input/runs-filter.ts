import type { RunsFilter } from '../service/service-client.ts'
import { badUse } from '../terminal/exit-code.ts'
import { RUN_STATUS_NAMES } from './option-values.ts'

/** The filters of listings of runs: options of `runs`, keys of a fleet's query, and parameters of `GET /v1/runs`. */
export const RUNS_FILTERS = Object.keys({
  item: true,
  status: true,
  failed: true,
  model: true,
  prompt: true,
  since: true,
  costOver: true,
} satisfies Record<keyof RunsFilter, true>)

/**
 * Turns a filter as it was typed into the form that the API accepts. `since` may be a date, a time, or an age.
 * @throws {CliError} if a status, a time or a sum is invalid.
 */
export function runsFilter(typed: RunsFilter, now: number): RunsFilter {
  const { status, since, costOver } = typed
  if (status !== undefined && !RUN_STATUS_NAMES.includes(status))
    throw badUse(`no run has the status "${shortened(status)}"; the status is one of ${RUN_STATUS_NAMES.join(', ')}`)
  if (costOver !== undefined && !/^\d{1,9}(\.\d{1,9})?$/.test(costOver))
    throw badUse(`"${shortened(costOver)}" is not a number of US dollars, such as 0.05`)
  return { ...typed, since: since === undefined ? undefined : instantOf(since, now) }
}

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }

function instantOf(since: string, now: number): string {
  const [, count, unit = ''] = /^(\d{1,6})([mhdw])$/.exec(since) ?? []
  const at = count === undefined ? Date.parse(since) : now - Number(count) * (UNITS[unit] ?? 0)
  if (!/^\d/.test(since) || Number.isNaN(at))
    throw badUse(
      `since "${shortened(since)}": give a date (2026-01-31), a time (2026-01-31T08:00Z), or how long ago (24h, 7d)`,
    )
  return new Date(at).toISOString()
}

const shortened = (typed: string): string => typed.slice(0, 40)
