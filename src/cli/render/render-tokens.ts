import type { CostView } from '../service/service-answers.ts'

const about = (estimated: boolean): string => (estimated ? 'about ' : '')

/** `1204 in (40 cached), 310 out`; `about …` where a model did not report them, empty where nothing was counted. */
export function tokensText({ inputTokens, cachedTokens, outputTokens, estimatedUsd }: CostView): string {
  if (inputTokens + outputTokens === 0) return ''
  const cached = cachedTokens > 0 ? ` (${cachedTokens} cached)` : ''
  return `${about(estimatedUsd !== undefined)}${inputTokens} in${cached}, ${outputTokens} out`
}

/** `1514 tokens`, in and out together; marked and empty as {@link tokensText} is. */
export function totalText(tokens: number, estimated: boolean): string {
  return tokens === 0 ? '' : `${about(estimated)}${tokens} tokens`
}
