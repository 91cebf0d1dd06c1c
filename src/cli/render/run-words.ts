import { z } from 'zod'
import type { Cost } from '../../ledger/exchange.ts'
import type { RunView } from '../service/service-answers.ts'

// What a run cost, and what it is a fork of, in a few words.

const aboutIf = (estimated: boolean): string => (estimated ? 'about ' : '')

/** `1204 in (40 cached), 310 out`. It begins with `about` if a model did not report the numbers. It is empty if nothing was counted. */
export function tokensText({ inputTokens, cachedTokens, outputTokens, estimatedUsd }: Cost): string {
  if (inputTokens + outputTokens === 0) return ''
  const cached = cachedTokens > 0 ? ` (${cachedTokens} cached)` : ''
  return `${aboutIf(estimatedUsd !== undefined)}${inputTokens} in${cached}, ${outputTokens} out`
}

/** `1514 tokens`, input and output together. `about` and an empty text mean the same as in {@link tokensText}. */
export function totalText(tokens: number, estimated: boolean): string {
  return tokens === 0 ? '' : `${aboutIf(estimated)}${tokens} tokens`
}

/** What a run cost, in a few words. Empty if it cost nothing or has not ended. Estimates are marked. */
export function costText({ summary }: Pick<RunView, 'summary'>): string {
  if (summary === null || summary === undefined) return ''
  if (summary.usd) return `$${summary.usd.toFixed(4)}`
  return totalText(summary.inputTokens + summary.outputTokens, summary.estimated)
}

const Forked = z.looseObject({ fork: z.looseObject({ at: z.string().nullable() }) })

/** The run that a run was forked from, and the step from which it is live (null if its models are live). Null if it is no fork. */
export function forkOf({ config, parentRunId }: RunView): { parent: string; at: string | null } | null {
  const forked = Forked.safeParse(config).data
  return forked === undefined || !parentRunId ? null : { parent: parentRunId, at: forked.fork.at }
}
