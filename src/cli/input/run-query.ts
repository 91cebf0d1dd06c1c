import type { RunsFilter } from '../service/service-client.ts'
import { badUse } from '../terminal/exit-code.ts'
import { RUNS_FILTERS, runsFilter } from './runs-filter.ts'

export interface RunQuery {
  filter: RunsFilter
  limit: number
}

/** The limit of a query that names none. */
const MOST_RUNS = 10_000

/**
 * Reads `status=complete&since=7d&limit=500` as a filter of runs. Its keys are the filters of `linernotes runs`.
 * @throws {CliError} which lists the keys that there are.
 */
export function runQuery(text: string, now: number): RunQuery {
  if (!text.includes('=')) throw badUse(`"${text}" is neither a folder nor a query of runs`, QUERY_FORM)
  // A plus means a plus, as in times with a time zone. Whoever types a query types spaces as spaces.
  const given = [...new URLSearchParams(text.replaceAll('+', '%2B'))]
  const unknown = given.find(([name]) => name !== 'limit' && !RUNS_FILTERS.includes(name))
  if (unknown !== undefined) throw badUse(`"${unknown[0]}" is not a filter of runs`, QUERY_FORM)
  const blank = given.find(([, value]) => value.trim() === '')
  if (blank !== undefined) throw badUse(`"${blank[0]}" has no value`, QUERY_FORM)
  const values = new Map(given)
  if (values.size < given.length) throw badUse(`"${text}" names a key twice; a run has to fit all keys`, QUERY_FORM)
  const limit = Number(values.get('limit') ?? MOST_RUNS)
  if (!Number.isInteger(limit) || limit < 1)
    throw badUse(`limit "${values.get('limit')}" is not a whole number above 0`, QUERY_FORM)
  values.delete('limit')
  return { filter: runsFilter(Object.fromEntries(values), now), limit }
}

const QUERY_FORM = `A query looks like "status=complete&since=7d&limit=500"; it takes ${[...RUNS_FILTERS, 'limit'].join(', ')}.`
