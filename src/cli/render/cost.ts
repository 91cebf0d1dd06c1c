import type { RunView } from '../answers.ts'

/** What a run cost, in as few words as tell it; empty where it cost nothing or is not over. */
export function costText({ summary }: Pick<RunView, 'summary'>): string {
  if (summary === null || summary === undefined) return ''
  if (summary.usd) return `$${summary.usd.toFixed(4)}`
  const tokens = summary.inputTokens + summary.outputTokens
  return tokens === 0 ? '' : `${tokens} tokens`
}
