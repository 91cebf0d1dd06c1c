import type { Understanding } from '../../content/understanding-schema.ts'
import { safe } from './terminal-layout.ts'

/** What is missing and why, one line a reason: an endpoint that is away silences all facets at once. */
export function abstentionLines({ abstentions }: Pick<Understanding, 'abstentions'>): string[] {
  const facets = new Map<string, string[]>()
  for (const { facet, reason } of abstentions) facets.set(reason, [...(facets.get(reason) ?? []), facet])
  return [...facets].map(([reason, names]) => `${names.join(', ')}: ${safe(reason)}`)
}
