import { z } from 'zod'
import type { Cost } from '../../ledger/exchange.ts'
import type { RunView } from '../service/service-answers.ts'

// What a run cost and what it is a fork of, in few words.

const about = (estimated: boolean): string => (estimated ? 'about ' : '')

/** `1204 in (40 cached), 310 out`; `about …` where a model did not report them, empty where nothing was counted. */
export function tokensText({ inputTokens, cachedTokens, outputTokens, estimatedUsd }: Cost): string {
  if (inputTokens + outputTokens === 0) return ''
  const cached = cachedTokens > 0 ? ` (${cachedTokens} cached)` : ''
  return `${about(estimatedUsd !== undefined)}${inputTokens} in${cached}, ${outputTokens} out`
}

/** `1514 tokens`, in and out together; marked and empty as {@link tokensText} is. */
export function totalText(tokens: number, estimated: boolean): string {
  return tokens === 0 ? '' : `${about(estimated)}${tokens} tokens`
}

/** What a run cost, in as few words as tell it; empty where it cost nothing or is not over. Estimates say that they are. */
export function costText({ summary }: Pick<RunView, 'summary'>): string {
  if (summary === null || summary === undefined) return ''
  if (summary.usd) return `$${summary.usd.toFixed(4)}`
  return totalText(summary.inputTokens + summary.outputTokens, summary.estimated)
}

const Forked = z.looseObject({ fork: z.looseObject({ at: z.string().nullable() }) })

/** Which run a run is a fork of, and the step it went live at, null where its models did; null: it is no fork. */
export function forkOf({ config, parentRunId }: RunView): { parent: string; at: string | null } | null {
  const forked = Forked.safeParse(config).data
  return forked === undefined || !parentRunId ? null : { parent: parentRunId, at: forked.fork.at }
}
