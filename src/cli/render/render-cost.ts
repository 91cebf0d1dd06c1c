import type { RunView } from '../service/service-answers.ts'
import { totalText } from './render-tokens.ts'

/** What a run cost, in as few words as tell it; empty where it cost nothing or is not over. Estimates say that they are. */
export function costText({ summary }: Pick<RunView, 'summary'>): string {
  if (summary === null || summary === undefined) return ''
  if (summary.usd) return `$${summary.usd.toFixed(4)}`
  return totalText(summary.inputTokens + summary.outputTokens, summary.estimated)
}
